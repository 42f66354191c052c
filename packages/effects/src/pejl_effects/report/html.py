"""The report as one HTML file that needs nothing else: no script, no outside address."""

from html import escape

from pejl_effects.report.blocks import Block, Figure, Heading, Paragraph, Table

STYLE = """
:root{color-scheme:light}
body{font:16px/1.55 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:60rem;
margin:0 auto;padding:1.5rem}
h1{font-size:1.8rem;line-height:1.2}
h2{font-size:1.3rem;margin-top:2.2rem;border-bottom:1px solid #ccc}
.strong{font-size:1.1rem;font-weight:600;border-left:5px solid #0b4f8a;padding-left:.8rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.35rem .6rem;border-bottom:1px solid #ddd;text-align:right;overflow-wrap:anywhere}
th:first-child,.words{text-align:left}
thead th{border-bottom:2px solid #1a1a1a}
figure{margin:1rem 0}figcaption{font-weight:600}svg{width:100%;height:auto;max-width:42rem}
@media print{h2{break-after:avoid}figure,table{break-inside:avoid}}
"""


def html(blocks: list[Block], language: str) -> str:
    """The whole page."""
    title = next(b.text for b in blocks if isinstance(b, Heading))
    body = "\n".join(_block(block) for block in blocks)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        kind = ' class="strong"' if block.strong else ""
        return f"<p{kind}>{escape(block.text)}</p>"
    if isinstance(block, Figure):
        return f"<figure>{block.svg}<figcaption>{escape(block.caption)}</figcaption></figure>"
    return _table(block)


def _table(table: Table) -> str:
    kinds = [' class="words"' if word else "" for word in table.wordy]
    head = "".join(
        f'<th scope="col"{kind}>{escape(cell)}</th>'
        for cell, kind in zip(table.head, kinds, strict=True)
    )
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f"<td{kind}>{escape(cell)}</td>" for cell, kind in zip(row[1:], kinds[1:], strict=True)
        )
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.caption)}">'
        f"<table><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )
