"""Run the command line as `python -m xlpy`."""

from xlpy.cli import main

if __name__ == "__main__":
    main()
