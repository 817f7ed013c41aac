"""The command line: `python -m mediakit`."""

from __future__ import annotations

import argparse
import os
import sys

from . import __version__

EPILOG = """\
examples:
  python -m mediakit read my-articles              what is in the folder, and what could not be read
  python -m mediakit read export.csv --to mine.parquet
  python -m mediakit report my-articles --out figures

exit codes:
  0  done
  1  done in part: some files could not be read, or a notebook failed
  2  not done: wrong arguments, or nothing could be read
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    options = _parser().parse_args(arguments)
    if options.quiet:
        os.environ["TQDM_DISABLE"] = "1"  # inherited by the kernels that run notebooks
    try:
        return int(options.run(options))
    except (OSError, ValueError) as error:
        # the package's own errors are ValueErrors that name thing, place and remedy
        print(f"mediakit: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mediakit",
        description="Analyse how news covers a story: read articles, run the notebooks on them, export the figures.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"mediakit {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--quiet", action="store_true", help="no progress bars, no closing line")
    commands = parser.add_subparsers(required=True, metavar="command")

    read = commands.add_parser("read", parents=[common], help="read articles and print the import card")
    read.add_argument("path", help="a folder of articles, or a file of any kind that is read")
    read.add_argument("--reader", metavar="NAME", help="read every file as this kind, such as text, csv or nexis")
    read.add_argument(
        "--column",
        metavar="NAME=COLUMN",
        action="append",
        default=[],
        help="your name for a column, such as --column Artikeltext=text; may be given several times",
    )
    read.add_argument(
        "--outlets", metavar="FILE", help="your table of outlets: a CSV with the columns outlet and alias"
    )
    read.add_argument("--to", metavar="FILE", help="also write the articles to a .csv, .jsonl or .parquet file")
    read.set_defaults(run=_read)

    report = commands.add_parser("report", parents=[common], help="run every notebook and write figures and index.html")
    report.add_argument("path", help="the articles: a folder or a file, as for read")
    report.add_argument("--out", default="figures", metavar="DIR", help="where to write (default: figures)")
    report.add_argument("--notebooks", metavar="DIR", help="run these notebooks instead of mediakit's own")
    report.set_defaults(run=_report)
    return parser


def _read(options: argparse.Namespace) -> int:
    from .articles import read_corpus
    from .writing import write_articles

    if wrong := [pair for pair in options.column if "=" not in pair]:
        raise ValueError(f"--column {wrong[0]}: write it as NAME=COLUMN, such as Artikeltext=text.")
    columns = dict(pair.rsplit("=", 1) for pair in options.column)
    corpus = read_corpus(options.path, reader=options.reader, columns=columns or None, outlets=options.outlets)
    print(corpus)
    if options.to:
        write_articles(corpus.articles, options.to)
        if not options.quiet:
            print(f"Written: {options.to}")
    return 1 if (corpus.problems["kind"] == "not read").any() else 0


def _report(options: argparse.Namespace) -> int:
    from .report import ReportError, build_report

    try:
        report = build_report(options.path, options.out, notebooks=options.notebooks)
    except ReportError as error:
        print(f"mediakit: {error}", file=sys.stderr)
        return 1
    if not options.quiet:
        print(f"{len(report.figures)} figures. Open {report.index}")
    if report.n_problems:
        print(
            f"mediakit: {report.n_problems} file(s) or record(s) not read in {options.path}: the page lists them.",
            file=sys.stderr,
        )
    return 1 if report.n_problems else 0


if __name__ == "__main__":
    sys.exit(main())
