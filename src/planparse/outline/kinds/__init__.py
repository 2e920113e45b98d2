"""What chapters and sub-sections are about: background, goals, tasks, safeguards.

What a title says of itself (``by_title``), what stands below it says (``by_content``), and what a title names beside the others (``named``)
become costs (``costs``); one best assignment over the document decides (``chapters``), and sub-sections follow (``subsections``).
"""
