"""A source as a page of a government site: one of six shapes, with everything that stands around a document there."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from marked import Box, Contents, Line, Source, Table, marker


@dataclass(frozen=True)
class Site:
    """How a site builds its pages. ``container`` holds the document; ``paragraph`` and ``heading`` are its lines."""

    container: tuple[str, str]
    paragraph: str
    heading: str
    table: str
    cell: str
    """A cell's content."""
    meta: str
    """``table`` (header table of 信息公开), ``pairs`` (two pairs a row), ``list``."""
    breaks: bool = False
    """Lines of a title are parted by <br>."""
    wrapper: tuple[str, str] = ("", "")


SITES = (
    Site(
        ('<div class="TRS_Editor"><div class="Custom_UnionStyle">', "</div></div>"),
        '<p style="text-indent: 2em;">{}</p>',
        '<p style="text-indent: 2em;"><strong>{}</strong></p>',
        '<table class="MsoNormalTable" border="1" cellspacing="0" width="95%">',
        '<p class="MsoNormal" align="center"><span style="font-size:10.5pt">{}</span></p>',
        "table",
    ),
    Site(
        ('<div id="zoom" class="article-content">', "</div>"),
        "<p>　　{}</p>",
        '<p>　　<span style="font-family:黑体">{}</span></p>',
        '<table border="1" style="border-collapse:collapse">',
        "{}",
        "list",
        breaks=True,
    ),
    Site(
        ('<div id="UCAP-CONTENT" class="pages_content">', "</div>"),
        '<p style="text-indent:32px;line-height:2em"><span>{}</span></p>',
        '<p style="text-indent:32px;line-height:2em"><b>{}</b></p>',
        '<table class="ke-zeroborder" align="center"><tbody>',
        "<span>{}</span>",
        "pairs",
        wrapper=('<table width="1000" align="center"><tr><td class="left"></td><td>', "</td></tr></table>"),
    ),
)


def write_html(source: Source, shape: int) -> bytes:
    """A UTF-8 page; ``shape`` chooses the site."""
    site = SITES[shape % len(SITES)]
    body = "\n".join(_block(block, site) for block in source.blocks)
    title = escape(source.title)
    about = {key.replace(" ", "").strip("："): value for row in source.meta for key, value in _pairs(row)}
    issuer = escape(about.get("发布机构", ""))
    crumbs = "".join(f"<div class='location'>{escape(line)}</div>\n" for line in source.page)
    foot = "".join(f"<p>{escape(line)}</p>\n" for line in source.foot)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>
<title>{title}</title>
<meta name="ArticleTitle" content="{title}"/>
<meta name="ContentSource" content="{issuer}"/>
<style>.nav li{{float:left}} .jb-x9{{display:none}}</style>
<script>var share = {{"title": document.title, "sites": ["weixin", "weibo"]}};</script>
</head>
<body>
<div class="header"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>\
<li><a href="/bsfw/">办事服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>
{crumbs}<div class="jb-x9"><a href="//x.example/">棋牌娱乐注册送彩金</a> <a href="//y.example/">真人视讯官方入口</a></div>
{site.wrapper[0]}
{_meta(source, site)}
<div class="tools"><span>字号：<a>大</a> <a>中</a> <a>小</a></span> <a href="javascript:print()">打印本页</a></div>
<!-- 正文开始 -->
{site.container[0]}
{body}
{site.container[1]}
<!-- 正文结束 -->
<div class="share">分享到：<a class="weixin"></a><a class="weibo"></a></div>
<div class="relate"><ul><li><a href="/a/1.html">关于开展调查研究活动的通知</a></li>\
<li><a href="/a/2.html">公开征求意见的公告</a></li></ul></div>
{site.wrapper[1]}
<div class="footer">{foot}<p>网站标识码：9900000000　<a href="#">返回顶部</a></p></div>
</body>
</html>
""".encode()


def _pairs(row: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(row[::2], row[1::2], strict=True))


def _meta(source: Source, site: Site) -> str:
    rows = [[(escape(key), escape(value)) for key, value in _pairs(row)] for row in source.meta]
    if site.meta == "list":
        items = "".join(f"<li><b>{key.strip('：')}：</b>{value}</li>" for row in rows for key, value in row)
        return f'<ul class="xxgk-head">{items}</ul>'
    pairs = [pair for row in rows for pair in row]
    width = 2 if site.meta == "pairs" else 1
    lines = (
        "".join(f"<th>{key}</th><td>{value}</td>" for key, value in pairs[at : at + width])
        for at in range(0, len(pairs), width)
    )
    return '<table class="xxgk_table">' + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def _text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")


def _block(block: Line | Table | Contents | Box, site: Site) -> str:
    if isinstance(block, Table):
        return _table(block, site)
    if isinstance(block, Box):
        lines = "".join(f"<p>{_text(line)}</p>" for line in block.lines)
        return f"{site.table}<tr><td><p><strong>{_text(block.caption)}</strong></p>{lines}</td></tr></table>"
    if isinstance(block, Contents):
        entries = [site.paragraph.format(f"{_text(entry)}……{page}") for entry, page in block.entries]
        return "\n".join([f'<p align="center">{_text(block.heading)}</p>', *entries])
    if block.style == "body":
        form = site.heading if marker(block.text) and "。" not in block.text else site.paragraph
        return form.format(_text(block.text))
    place = "center" if block.style == "centre" else "right"
    lines = (block.text, *block.more)
    joined = ["<br/>".join(map(_text, lines))] if site.breaks else list(map(_text, lines))
    return "\n".join(f'<p style="text-align:{place}">{line}</p>' for line in joined)


def _table(table: Table, site: Site) -> str:
    lines = []
    for number, row in enumerate(table.rows):
        name = "th" if number < table.header_rows and site.cell == "{}" else "td"
        cells = (
            f"<{name}{_span('rowspan', cell.rows)}{_span('colspan', cell.columns)}>{site.cell.format(_text(cell.text) or '&nbsp;')}</{name}>"
            for cell in row
        )
        lines.append(f"<tr>{''.join(cells)}</tr>")
    end = "</tbody></table>" if site.table.endswith("<tbody>") else "</table>"
    return site.table + "\n" + "\n".join(lines) + "\n" + end


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""
