"""What a file is, told by its content; and what is never kept."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.language.model.files import EXTENSIONS, FileKind, FileRule
from keguan.runtime.attachments.checking import Unfit, check
from tests.runtime.attachments.made_files import EXCEL, WORD, jpeg, office, packed, pdf, png, webp

ALL = FileRule(tuple(FileKind))
SOUND = {
    "a.png": png(),
    "a.jpg": jpeg(),
    "a.JPEG": jpeg(),
    "a.webp": webp(),
    "a.pdf": pdf(b"<< /Type /Page >>", packed(b"3 0 << /Type /Font >>")),
    "a.docx": office(),
    "a.xlsx": office(EXCEL, xl__printerSettings__printerSettings1_dot_bin=b"x"),
    "a.txt": "楼栋资料\t第一批\r\n".encode(),
    "b.txt": "楼栋资料".encode("gb18030"),
    "a.csv": b"\xef\xbb\xbfa,b\n1,2\n",
}


def judged(name: str, data: bytes, rule: FileRule = ALL) -> str:
    """The kind of a file, or the code of what is wrong with it."""
    try:
        return check(name, io.BytesIO(data), len(data), rule).value
    except Unfit as unfit:
        return f"!{unfit.code}" if unfit.sentence else "no sentence"


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_what_its_name_says(name: str) -> None:
    """Every kind is recognised, whatever the case of its extension."""
    kind = next(kind for kind, ends in EXTENSIONS.items() if name.rpartition(".")[2].lower() in ends)
    assert judged(name, SOUND[name]) == kind


def test_a_name_and_a_content_of_two_kinds_are_refused() -> None:
    """No content passes under the extension of another."""
    for name, data in SOUND.items():
        for extension in ("png", "jpg", "webp", "pdf", "docx", "xlsx"):
            own = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
            if extension != own:
                assert judged(f"x.{extension}", data) == "!content", (name, extension)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.pdf", "a.docx", "a.xlsx"])
def test_a_file_that_was_cut_off_is_refused(name: str) -> None:
    """Half a file is none."""
    data = SOUND[name]
    assert judged(name, data[: len(data) // 2]) == "!content"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.png", b"", "!empty"),
        ("a.svg", b"<svg/>", "!kind"),
        ("a.exe", b"MZ", "!kind"),
        ("a", png(), "!kind"),
        ("a.png.exe", png(), "!kind"),
        ("a.png", png(60_000, 60_000), "!pixels"),
        ("a.jpg", jpeg(60_000, 60_000), "!pixels"),
        ("a.png", png(0, 2), "!pixels"),
        ("a.webp", webp(16_000, 16_000), "!pixels"),
        ("a.png", png(after=b"PK\x03\x04"), "!content"),
        ("a.txt", b"MZ\x90\0\x03", "!content"),
        ("a.txt", b"\xff\xfe\xff", "!content"),
        ("a.pdf", pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "!active"),
        ("a.pdf", pdf(b"<< /S /J#61vaScript /JS (app.alert(1)) >>"), "!active"),
        ("a.pdf", pdf(packed(b"3 0 << /S /JavaScript >>")), "!active"),
        ("a.pdf", pdf(packed(b"3 0 << /S /J#61vaScript >>", disguise=b"% " + b"x" * 9_000 + b"\n")), "!active"),
        ("a.pdf", pdf(packed(b"x", disguise=b"/DecodeParms << /Predictor 12 >>")), "!content"),
        ("a.pdf", pdf(b"<< /Names << /EmbeddedFiles 4 0 R >> >>"), "!active"),
        ("a.pdf", pdf(b"<< /S /Launch /F (cmd.exe) >>"), "!active"),
        ("a.pdf", pdf(b"<< /XFA 4 0 R >>"), "!active"),
        ("a.pdf", pdf(trailer=b"/Encrypt 4 0 R"), "!locked"),
        ("a.pdf", pdf(packed(bytes(70 * 1024 * 1024))), "!swells"),
        ("a.docx", office(word__vbaProject_dot_bin=b"x"), "!active"),
        ("a.xlsx", office(EXCEL, xl__macrosheets__sheet1_dot_xml=b"x"), "!active"),
        ("a.docx", office(word__embeddings__oleObject1_dot_bin=b"x"), "!active"),
        ("a.docx", office("application/vnd.ms-word.document.macroEnabled.main+xml"), "!active"),
        (
            "a.docx",
            office(
                word___rels__settings_dot_xml_dot_rels=(
                    b'<Relationship Type="http://x/attachedTemplate" Target="http://evil/" TargetMode="External"/>'
                )
            ),
            "!active",
        ),
        ("a.docx", office(word__media__big_dot_xml=bytes(30 * 1024 * 1024)), "!swells"),
        ("a.docx", b"PK\x03\x04" + bytes(200), "!content"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "!content"),
    ],
)
def test_what_could_run_or_swell_is_refused(name: str, data: bytes, code: str) -> None:
    """Scripts, macros, embedded and locked files, bombs, pictures of a billion pixels: each by its own code."""
    assert judged(name, data) == code


def test_an_archive_whose_parts_overlap_is_refused() -> None:
    """A bomb may name one packed part many times: parts that lie on each other are none of an honest archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", WORD)
        for number in range(3):
            archive.writestr(f"word/{number}.xml", b"x" * 100)
    first = made.getvalue()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        places = [each.header_offset for each in archive.infolist()]
    forged = bytearray(first)
    central = forged.index(b"PK\x01\x02")
    for number in range(4):
        at = central
        for _skip in range(number):
            at = forged.index(b"PK\x01\x02", at + 4)
        if number == 3:
            forged[at + 42 : at + 46] = places[2].to_bytes(4, "little")
    assert judged("a.docx", bytes(forged)) in ("!swells", "!content")


def test_a_field_takes_only_its_kinds() -> None:
    """A sound Word file does not go where pictures and PDFs are asked for, and the sentence says what does."""
    rule = FileRule((FileKind.IMAGE, FileKind.PDF))
    assert judged("a.docx", office(), rule) == "!kind"
    with pytest.raises(Unfit) as unfit:
        check("a.docx", io.BytesIO(office()), 1, rule)
    assert unfit.value.sentence == "不收这种文件。这里可以放：.png、.jpg、.jpeg、.webp、.pdf。"


@given(data=st.binary(max_size=400), extension=st.sampled_from(["png", "jpg", "webp", "pdf", "docx", "xlsx", "txt"]))
def test_no_content_breaks_the_check(data: bytes, extension: str) -> None:
    """Whatever comes is judged: no other error than that of a file which may not be kept."""
    judged(f"a.{extension}", data)


@given(cut=st.integers(0, 400), flip=st.integers(0, 4_000), name=st.sampled_from(sorted(SOUND)))
def test_no_damage_breaks_the_check(cut: int, flip: int, name: str) -> None:
    """Sound files with a byte changed and an end cut off are judged too."""
    data = bytearray(SOUND[name])
    data[flip % len(data)] ^= 0x55
    judged(name, bytes(data[: max(1, len(data) - cut)]))
