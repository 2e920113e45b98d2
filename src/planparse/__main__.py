"""``python -m planparse``: the command ``planparse``, where its folder is not on the path."""

from planparse.cli import main

if __name__ == "__main__":
    main()
