"""What set-up makes out of installed packages instead of keeping it in the repository.

`build/static/vega.js` is an ES module with Vega, Vega-Lite 6.4 and Vega-Embed, made by vl-convert, so that a chart in
the page and the same chart in a file are drawn by one version. It exports `vegaEmbed` and `vega` and runs under a
policy without `unsafe-eval`: Vega-Embed carries Vega's expression interpreter and takes it, with no further import,
when it is called with `ast: true`:

    import { vegaEmbed } from "…/vega.js";
    const tooltip = { disableDefaultStyle: true };
    vegaEmbed(element, spec, { ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip });

`ast: true` makes the parser keep each expression as a tree (`vega.parse(spec, config, {ast: true})`) and gives the
interpreter to the view (`new vega.View(runtime, {expr})`); without it Vega compiles with `new Function`, which the
policy refuses. Without `defaultStyle: false` and `disableDefaultStyle: true` a `<style>` element would be added and
refused as well: the look of `#vg-tooltip-element` belongs into our own style sheet.

`build/static/fonts/` holds FiraGO: whole as `FiraGO-*.ttf` for charts and documents, and cut by letters as
`FiraGO-*-latin.woff2` (what French and English pages need), `-latin-ext.woff2` (further Latin letters) and
`-arabic.woff2` for pages, with `firago.css` naming them by `unicode-range`: a page loads only what it shows.
`.mo` files are compiled beside their `.po`. Nothing here imports Django.
"""

import importlib
import io
from pathlib import Path

VEGA_LITE = "6.4"
VEGA_MODULE = "export { vegaEmbed, vega };"
FACES = {
    "Regular": ("FiraGO_Regular", 400, "normal"),
    "Bold": ("FiraGO_Bold", 700, "normal"),
    "Italic": ("FiraGO_Italic", 400, "italic"),
}
SCRIPTS = {
    "latin": "U+0000-00FF, U+0152-0153, U+0178, U+2000-200D, U+2010-206F, U+20AC, U+2122, U+2190-2199, U+2212, U+2248, "
    "U+2260-2265, U+25A0-25FF, U+2713-2717",
    "latin-ext": "U+0100-0151, U+0154-0177, U+0179-024F, U+02C6-02DD, U+1E00-1EFF, U+2070-209F, U+20A0-20AB, "
    "U+20AD-20BF, U+2100-2121, U+2150-215F",
    "arabic": "U+0600-06FF, U+0750-077F, U+200E-200F, U+FB50-FDFF, U+FE70-FEFC",
}
# Ligatures, marks, Arabic joining, figures of one width: no small capitals or ornaments in pages.
PAGE_FEATURES = ["calt", "ccmp", "fina", "init", "isol", "kern", "liga", "locl", "lnum", "mark", "medi", "mkmk"]
PAGE_FEATURES += ["pnum", "rlig", "tnum"]


def build(target: Path) -> None:
    """Make the chart module and the fonts in a folder of static files."""
    target.mkdir(parents=True, exist_ok=True)
    write(target / "vega.js", vega_module().encode())
    fonts = target / "fonts"
    fonts.mkdir(exist_ok=True)
    for style, (module, _, _) in FACES.items():
        whole = bytes(importlib.import_module(f"pymupdf_fonts.{module}").fontbuffer)
        write(fonts / f"FiraGO-{style}.ttf", whole)
        for script, ranges in SCRIPTS.items():
            write(fonts / web_name(style, script), cut(whole, ranges))
    write(fonts / "firago.css", style_sheet().encode())


def vega_module() -> str:
    """Vega, Vega-Lite and Vega-Embed as one ES module."""
    import vl_convert

    return vl_convert.javascript_bundle(VEGA_MODULE, vl_version=VEGA_LITE)


def cut(whole: bytes, ranges: str) -> bytes:
    """A font with only the letters of some ranges, as WOFF2; shaping rules stay."""
    from fontTools import subset

    options = subset.Options(flavor="woff2", layout_features=PAGE_FEATURES, hinting=False, drop_tables=["DSIG"])
    font = subset.load_font(io.BytesIO(whole), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=code_points(ranges))
    cutter.subset(font)
    result = io.BytesIO()
    subset.save_font(font, result, options)
    return result.getvalue()


def code_points(ranges: str) -> set[int]:
    """The code points of "U+0041-005A, U+20AC"."""
    points: set[int] = set()
    for item in ranges.split(","):
        first, _, last = item.strip().removeprefix("U+").partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return points


def web_name(style: str, script: str) -> str:
    """The name of a font file for pages."""
    return f"FiraGO-{style}-{script}.woff2"


def style_sheet() -> str:
    """The @font-face rules; a browser loads only the scripts that a page uses."""
    return "".join(
        f"@font-face{{font-family:FiraGO;font-weight:{weight};font-style:{slant};font-display:swap;"
        f'src:url("{web_name(style, script)}") format("woff2");unicode-range:{ranges}}}\n'
        for style, (_, weight, slant) in FACES.items()
        for script, ranges in SCRIPTS.items()
    )


def compile_messages(locale: Path) -> list[Path]:
    """Compile every catalogue of a locale folder; return the compiled files."""
    import polib

    made = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        write(compiled, polib.pofile(str(source)).to_binary())
        made.append(compiled)
    return made


def write(path: Path, content: bytes) -> None:
    """Write a file all or nothing: a page may be reading it."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
