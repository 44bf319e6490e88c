"""Writing well: a draft that saves itself, a picture and a table that are pasted; and all of it without a script."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.site import wait_for
from tests.support.pictures import picture

ROWS = "Letter\tWords\nReminder\t412"
TABLE = "| Letter | Words |\n| --- | --- |\n| Reminder | 412 |"
PUT_IN = """(box, {type, text, files}) => {
  const data = new DataTransfer();
  if (text) data.setData("text/plain", text);
  for (const file of files) {
    const bytes = Uint8Array.from(atob(file), (sign) => sign.charCodeAt(0));
    data.items.add(new File([bytes], "map.png", { type: "image/png" }));
  }
  box.focus();
  const event = { bubbles: true, cancelable: true };
  return !box.dispatchEvent(
    type === "drop"
      ? new DragEvent(type, { ...event, dataTransfer: data })
      : new ClipboardEvent(type, { ...event, clipboardData: data }),
  );
}"""
ONE_PICTURE = r"!\[A dot\]\(/files/[^()\s]+\)"


def put_in(box: Any, *, type: str = "paste", text: str = "", pictures: int = 0) -> bool:
    """Paste or drop something; whether the page took it, so that the browser does nothing of its own."""
    files = [base64.b64encode(picture()).decode()] * pictures
    return bool(box.evaluate(PUT_IN, {"type": type, "text": text, "files": files}))


def test_a_draft_with_a_picture_and_a_table(visit: Visit, scripts: bool, tmp_path: Path) -> None:
    title = f"Pictures and tables {int(scripts)}"
    page = visit("owen-pritchard", scripts=scripts)
    if scripts:
        page.clock.install()
    page.goto("/library/new")
    page.get_by_label("Title").fill(title)
    box = page.locator("textarea[name=body]")
    (_with_script if scripts else _without)(page, box, tmp_path)
    page.get_by_role("main").get_by_role("button", name="Preview").last.click()
    preview = page.locator(".cp-preview")
    expect(preview.get_by_role("cell", name="412")).to_be_visible()
    expect(preview.get_by_role("img", name="A map of the ward")).to_have_js_property("naturalWidth", 60)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("img", name="A map of the ward")).to_have_js_property("naturalWidth", 60)


def _with_script(page: Page, box: Any, _folder: Path) -> None:
    box.press_sequentially("What we did.")
    page.clock.fast_forward(16_000)
    expect(page.locator("#saved")).to_contain_text("Draft saved at")
    expect(page).to_have_url(re.compile(r"/drafts/\d+$"))
    put_in(box, pictures=1)
    expect(box).to_have_value(re.compile(r"!\[\]\(/files/"))
    page.keyboard.type("A map of the ward")
    expect(box).to_have_value(re.compile(r"!\[A map of the ward\]\(/files/[^)]+\)"))
    box.press("Control+End")
    put_in(box, text=ROWS)
    expect(box).to_have_value(re.compile(re.escape(TABLE)))
    box.press("Control+z")
    expect(box).not_to_have_value(re.compile(re.escape(TABLE)))
    box.press("Control+y")
    # Leaving saves: the draft is there whole, from the server and not from the browser.
    page.evaluate("document.dispatchEvent(Object.assign(new Event('visibilitychange')))")
    page.clock.fast_forward(16_000)
    page.wait_for_timeout(300)
    address = page.url
    page.goto("/drafts")
    page.goto(address)
    expect(box).to_have_value(re.compile(re.escape(TABLE)))
    wait_for(lambda: page.evaluate("localStorage.length + sessionStorage.length") == 0, "nothing kept in the browser")
    # Titles of our own pages, by the keyboard alone.
    box.press("Control+End")
    page.keyboard.type("[[moving a planning")
    page.clock.fast_forward(1_000)
    expect(page.get_by_role("listbox", name="Pages to link to").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(r"\[Moving a planning register[^\]]*\]\(/library/moving-a-planning-register"))


def _without(page: Page, box: Any, folder: Path) -> None:
    box.fill(f"What we did.\n\n{ROWS}")
    page.get_by_text("Add a picture").click()
    (folder / "map.png").write_bytes(picture())
    page.get_by_label("Picture", exact=True).set_input_files(folder / "map.png")
    page.get_by_role("button", name="Add picture").click()
    expect(page.get_by_text("Enter what the picture shows").first).to_be_visible()
    page.get_by_label("Picture", exact=True).set_input_files(folder / "map.png")
    page.get_by_label("What the picture shows").fill("A map of the ward")
    page.get_by_role("button", name="Add picture").click()
    expect(page.get_by_text("The picture is added at the end of the text")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/drafts/\d+#body$"))
    page.get_by_role("main").get_by_role("button", name="Preview").last.click()
    page.get_by_role("button", name="Make a table of them").click()
    expect(box).to_have_value(re.compile(re.escape(TABLE)))
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Your draft is saved")).to_be_visible()


def test_a_picture_that_was_refused_and_then_goes_in_says_so(visit: Visit, tmp_path: Path) -> None:
    page = visit("owen-pritchard")
    page.goto("/library/new")
    page.locator("textarea[name=body]").fill("What we did.")
    page.get_by_text("Add a picture").click()
    (tmp_path / "map.png").write_bytes(picture())
    page.get_by_label("Picture", exact=True).set_input_files(tmp_path / "map.png")
    page.get_by_role("button", name="Add picture").click()
    expect(page.get_by_role("alert").get_by_text("Enter what the picture shows")).to_be_visible()
    expect(page.get_by_text("Choose “map.png” again")).to_be_visible()
    page.get_by_label("Picture", exact=True).set_input_files(tmp_path / "map.png")
    page.get_by_label("What the picture shows").fill("A dot")
    page.get_by_role("button", name="Add picture").click()
    expect(page.locator("textarea[name=body]")).to_have_value(re.compile(ONE_PICTURE))
    expect(page.get_by_text("The picture is added to the text").last).to_be_visible()
    expect(page.get_by_text("There is a problem")).to_have_count(0)
    expect(page.locator(".govuk-error-message")).to_have_count(0)


def test_pictures_and_tables_stand_one_after_the_other(visit: Visit) -> None:
    page = visit("owen-pritchard")
    page.goto("/library/new")
    box = page.locator("textarea[name=body]")
    for type, pictures, of_all in (("paste", 1, 1), ("paste", 1, 2), ("drop", 1, 3), ("paste", 2, 5)):
        put_in(box, type=type, pictures=pictures)
        expect(box).to_have_value(re.compile(f"(.*/files/){{{of_all}}}", re.DOTALL))
        page.wait_for_timeout(300)
        page.keyboard.type("A dot")
    # Rows are pasted while the caret stands between the brackets of the last one.
    put_in(box, text=ROWS)
    undescribed = r"!\[\]\(/files/[^()\s]+\)"
    whole = r"\n\n".join([ONE_PICTURE] * 3 + [undescribed, ONE_PICTURE, re.escape(TABLE)])
    expect(box).to_have_value(re.compile(rf"^{whole}\n+$"))
    # What stands before, within or behind a picture by intent goes there.
    box.fill("Before ![A [dot]](/files/a.png) behind")
    box.evaluate("box => box.setSelectionRange(7, 31)")
    put_in(box, text=ROWS)
    expect(box).to_have_value(f"Before \n\n{TABLE}\n\n behind")


def test_a_picture_that_is_too_big_leaves_the_words_behind_back(visit: Visit, tmp_path: Path) -> None:
    page = visit("owen-pritchard", scripts=False)
    page.goto("/library/new")
    page.get_by_label("Title").fill("Too big")
    page.locator("textarea[name=body]").fill("What we did.")
    page.get_by_text("Add a picture").click()
    (tmp_path / "map.png").write_bytes(bytes(14 * 1024 * 1024))
    page.get_by_label("Picture", exact=True).set_input_files(tmp_path / "map.png")
    page.get_by_role("button", name="Add picture").click()
    expect(page.get_by_text("your words are there")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Title")).to_have_value("Too big")
    expect(page.locator("textarea[name=body]")).to_have_value("What we did.")


def test_a_suggestion_has_the_same_editor(visit: Visit) -> None:
    guide = "/library/social-media-policy-staff-can-read"
    page = visit("aoife-brennan")
    page.goto(f"{guide}/suggest")
    box = page.locator("textarea[name=body]")
    for type in ("drop", "paste"):
        assert put_in(box, type=type, pictures=1)
        expect(page.get_by_role("alert")).to_contain_text("Pictures cannot be added to a suggestion")
        box.press("Control+End")
        page.keyboard.type(" And so on.")
        expect(page.get_by_role("alert")).to_have_count(0)
    page.keyboard.type("\n\nLook at [[moving a planning")
    expect(page.get_by_role("listbox", name="Pages to link to").get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(r"Look at \[Moving a planning register[^\]]*\]\(/library/moving-a-planning"))
    page.get_by_label("Why").fill("It helps")
    page.get_by_role("button", name="Send suggestion").click()
    expect(page.get_by_text("Your suggestion is sent")).to_be_visible()
    number = page.url.rpartition("/")[2]

    owner = visit("gareth-hughes")
    owner.clock.install()
    owner.goto(f"{guide}/suggestions/{number}")
    owner.get_by_label("Reply (optional)").fill("Thank you for this")
    owner.get_by_role("button", name="Edit first").click()
    first = owner.url
    edited = owner.locator("textarea[name=body]")
    assert put_in(edited, type="drop", pictures=1)
    expect(owner.get_by_role("alert")).to_contain_text("Pictures cannot be added")
    edited.press("Control+End")
    owner.keyboard.type(" Kept by itself.")
    owner.clock.fast_forward(16_000)
    expect(owner.locator("#saved")).to_contain_text("Your edit was saved at")
    expect(owner).to_have_url(first)
    owner.goto(f"{guide}/edit")
    expect(owner).to_have_url(first)
    expect(edited).to_have_value(re.compile("Kept by itself"))
    edited.fill("Another text.")
    owner.goto(f"{guide}/suggestions/{number}/edit")
    expect(edited).to_have_value("Another text.")
    owner.get_by_role("button", name="Publish").click()
    expect(owner.get_by_text("Suggested by Aoife Brennan, accepted by")).to_be_visible()


def test_two_tabs_a_session_that_ends_and_the_way_back(visit: Visit) -> None:
    desk = visit("owen-pritchard")
    desk.clock.install()
    desk.goto("/library/new")
    desk.get_by_label("Title").fill("Two tabs")
    desk.clock.fast_forward(16_000)
    expect(desk).to_have_url(re.compile(r"/drafts/\d+$"))
    address = desk.url
    phone = desk.context.new_page()
    phone.goto(address)
    box = phone.locator("textarea[name=body]")
    box.fill("From the phone.")
    phone.get_by_role("button", name="Save draft").click()
    expect(phone.get_by_text("Your draft is saved")).to_be_visible()
    # The other tab is told, overwrites nothing, and Save draft shows both.
    desk.locator("textarea[name=body]").fill("From the desk.")
    desk.clock.fast_forward(16_000)
    expect(desk.locator("#saved")).to_contain_text("Save draft to see both texts")
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_role("heading", name="What differs")).to_be_visible()
    expect(desk.locator("textarea[name=body]")).to_have_value("From the desk.")
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_text("Your draft is saved")).to_be_visible()
    # Back from elsewhere, the text is the one on the server.
    desk.locator("textarea[name=body]").press_sequentially(" And more.")
    desk.get_by_role("link", name="Back to your drafts").click()
    wait_for(lambda: "And more" in desk.context.request.get(address).text(), "what was sent on leaving")
    desk.go_back()
    expect(desk.locator("textarea[name=body]")).to_have_value(re.compile("And more"))
    # Signed out meanwhile: the line says so, and signing in brings the text back.
    phone.close()
    desk.locator("textarea[name=body]").fill("Written too late.")
    session = [cookie for cookie in desk.context.cookies() if cookie["name"] == "session"]
    desk.context.clear_cookies(name="session")
    desk.clock.fast_forward(16_000)
    expect(desk.locator("#saved")).to_contain_text(re.compile("signed out|did not answer"))
    desk.context.add_cookies(session)  # type: ignore[arg-type]
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_text("Your draft is saved")).to_be_visible()
