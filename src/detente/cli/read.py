"""`detente read`: what a reader makes of a file."""

from detente.cli.options import FormatOption, InputFormatOption, Paths
from detente.cli.output import Format, write_answer


def run(paths: Paths, format: FormatOption = Format.TABLE, input_format: InputFormatOption = None) -> None:  # noqa: A002
    """Read reports: title, sentences with offsets, references tied to the sentences that cite them.

    Reads text, Markdown, HTML, PDF, Word, and JSONL, CSV or Parquet of documents (id, text, date, title, publisher,
    url, language); folders, zips and patterns of them. Nothing is stored.
    """
    from detente.api.objects import document_object
    from detente.cli.sources import read_paths

    objects = [document_object(document) for document in read_paths(paths, input_format)]
    rows = [
        {"document": item["id"], **sentence, "citations": sentence["citations"]}
        for item in objects
        for sentence in item["sentences"]
    ]
    table = "\n\n".join(_page(item) for item in objects)
    write_answer(format, whole={"documents": objects}, objects=objects, rows=rows, table=table)


def _page(item: dict) -> str:  # type: ignore[type-arg]
    lines = [item["title"] or "(no title)"]
    about = [
        ("by", ", ".join(item["authors"])),
        ("publisher", item["publisher"]),
        ("date", item["published"]),
    ]
    about += [("date unknown, read by", item["published_by"])]
    about += [("language", item["language"]), ("address", item["url"])]
    lines += [f"  {name}: {value}" for name, value in about if value]
    lines.append("")
    for sentence in item["sentences"]:
        marks = "".join(f" [{number}]" for number in sentence["citations"])
        lines.append(
            f"{sentence['start']:>6}–{sentence['end']:<6} {' '.join(sentence['text'].split())}{marks and ' ←' + marks}"
        )
    if item["citations"]:
        lines += ["", "References"]
    for found in item["citations"]:
        parts = [found["author"], found["title"] and f"“{found['title']}”", found["publisher"]]
        if found["accessed"]:
            parts.append(f"accessed {found['accessed']}")
        lines.append(f"  [{found['number']}] " + ", ".join(part for part in [*parts, found["url"]] if part))
    return "\n".join(lines)
