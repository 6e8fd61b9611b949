"""What a screen reader is told of a page, and whether the keyboard alone gets everywhere: Chromium's accessibility tree."""

# Roles that mean nothing to a reader without a name.
NAMED = {"img", "link", "button", "heading", "table", "region", "navigation", "slider", "combobox", "textbox", "progressbar"}
# What a page has, and how often.
LANDMARKS = {"banner": 1, "main": 1, "contentinfo": 1}

FOCUSED = """(() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const style = getComputedStyle(it);
  return {
    id: it.id, tag: it.tagName, text: (it.textContent || '').trim().slice(0, 40), skips: it.classList.contains('skip'),
    is_seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
  };
})()"""

LEVERS = "[...document.querySelectorAll('#what-if-levers :is(input, select, button)')].filter((it) => !it.hidden && it.id).map((it) => it.id)"


def told(page):
    """The nodes of the tree that are told: role, name, and their properties."""
    page.call("Accessibility.enable")
    for node in page.call("Accessibility.getFullAXTree")["nodes"]:
        if not node.get("ignored"):
            properties = {it["name"]: it["value"].get("value") for it in node.get("properties", [])}
            value = node.get("value", {}).get("value")
            yield node["role"]["value"], node.get("name", {}).get("value", "").strip(), properties, value


def complaints(page):
    """What is wrong with the tree of a page that is open."""
    nodes = list(told(page))
    roles = [role for role, *_ in nodes]
    for role, name, _, _ in nodes:
        if role in NAMED and not name:
            yield f"a {role} without a name"
    for role, count in LANDMARKS.items():
        if roles.count(role) != count:
            yield f"{roles.count(role)} of role {role}, not {count}"
    sections = page.run("document.querySelectorAll('main > section:not([hidden])').length")
    if roles.count("region") < sections:
        yield f"{roles.count('region')} regions of {sections} sections"
    charts = page.run("[...document.querySelectorAll('svg.chart')].filter((it) => it.getBoundingClientRect().width > 0 && it.checkVisibility({ contentVisibilityAuto: true })).length")
    if roles.count("image") + roles.count("img") < charts:
        yield f"{charts} charts, and fewer pictures are told"
    tables = page.run("[...document.querySelectorAll('table')].filter((it) => it.checkVisibility()).length")
    if roles.count("table") < tables:
        yield f"{tables} tables are seen, {roles.count('table')} are told"
    levels = [properties.get("level") for role, _, properties, _ in nodes if role == "heading"]
    if levels[:1] != [1] or any(after > before + 1 for before, after in zip(levels, levels[1:])):
        yield f"headings go {levels}"


def key(page, name, code, text=""):
    """A key is pressed, which may write something, and let go."""
    for kind in ["keyDown", "keyUp"]:
        written = {"text": text} if text and kind == "keyDown" else {}
        page.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code, **written)


def by_keyboard(page):
    """What the keyboard does not reach: the first stop skips to the content, every stop is seen, every lever is one, in order."""
    wanted = page.run(LEVERS) or []
    page.run("document.activeElement.blur(); scrollTo(0, 0)")
    reached, stops = [], 0
    while stops < 400:
        key(page, "Tab", 9)
        stops += 1
        focused = page.run(FOCUSED)
        if focused is None:
            break
        if stops == 1 and not focused["skips"]:
            yield f"the first stop is {focused['tag']} {focused['text']!r}, not the way to the content"
        if not focused["is_seen"]:
            yield f"the focus is not seen on {focused['tag']} {focused['id']} {focused['text']!r}"
        if focused["id"] in wanted:
            reached.append(focused["id"])
        if wanted and len(reached) == len(wanted):
            break
    if reached != wanted:
        yield f"the keyboard reaches {reached} of {wanted}"


def of_levers(page):
    """The levers as they are told, once an answer stands."""
    nodes = list(told(page))
    sliders = [(name, properties, value) for role, name, properties, value in nodes if role == "slider"]
    drawn = page.run("document.querySelectorAll('#what-if input[type=range]').length")
    if len(sliders) != drawn:
        yield f"{len(sliders)} sliders are told of {drawn}"
    for name, properties, value in sliders:
        if not (properties.get("valuetext") or value):
            yield f"the slider {name} tells no value"
    if not any(role == "status" and properties.get("live") == "polite" for role, _, properties, _ in nodes):
        yield "nothing tells how far it is"
