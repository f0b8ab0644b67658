"""A brief as PDF: whole, tagged, numbered, the same bytes each time."""

import re

import pytest

from detente.brief.render_pdf import printed, render_pdf
from detente.model import Brief

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError):  # the second where the system has no Pango
    pytest.skip("needs weasyprint and Pango", allow_module_level=True)


@pytest.fixture(scope="module")
def made(chosen_brief: Brief) -> bytes:
    return render_pdf(chosen_brief)


def read(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_it_is_a_tagged_pdf_with_bookmarks_and_numbers(made: bytes) -> None:
    assert made.startswith(b"%PDF-")
    import pypdfium2

    document = pypdfium2.PdfDocument(made)
    assert [item.get_title() for item in document.get_toc()][:2] == ["What changed between Russia and Japan at the "
        "full-scale invasion of Ukraine (24 February 2022)?", "Findings"]  # fmt: skip
    assert document.is_tagged()
    assert f"1 / {len(document)}" in read(made)


def test_it_says_every_statement(made: bytes, chosen_brief: Brief) -> None:
    said = re.sub(r"\W+", "", read(made))
    lost = [item.text for item in chosen_brief.statements if re.sub(r"\W+", "", item.text)[:60] not in said]
    assert lost == []


def test_the_same_brief_gives_the_same_bytes(made: bytes, chosen_brief: Brief) -> None:
    assert render_pdf(chosen_brief) == made


def test_what_is_printed_needs_no_script_and_no_page_colours(chosen_brief: Brief) -> None:
    page = printed(chosen_brief)
    assert "<script" not in page
    for svg in re.findall(r"<svg .*?</svg>", page, re.DOTALL):
        assert "var(--" not in svg
