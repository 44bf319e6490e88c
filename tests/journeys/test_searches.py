"""A search fails; a moderator sees it, says what the word means and puts a result on top; the next search works."""

from __future__ import annotations

from tests.journeys.conftest import Visit
from tests.journeys.page_kinds import MEMBER, MODERATOR
from tests.journeys.site import wait_for

GUIDE = "/library/moving-a-planning-register-to-open-data"


def test_from_a_failed_search_to_one_that_finds(visit: Visit, scripts: bool) -> None:
    word = "giraffe" if scripts else "walrus"  # English words that nobody has written here.
    member = visit(MEMBER, scripts=scripts)
    member.goto(f"/search?q={word}")
    member.get_by_label("No", exact=True).check()
    member.get_by_label("What were you after?").fill(f"The {word} that everyone has")
    member.get_by_role("button", name="Send answer").click()
    member.get_by_text("Thank you. Moderators read").wait_for()

    moderator = visit(MODERATOR, scripts=scripts)

    def listed() -> bool:
        moderator.goto("/admin/searches?page=1")
        return moderator.get_by_role("link", name=word, exact=True).count() == 1

    wait_for(listed, "the failed search in the moderators’ list")
    moderator.get_by_role("link", name=f"Add synonym for “{word}”").click()
    moderator.get_by_label("Other ways of saying it").fill("planning register")
    moderator.get_by_role("button", name="Add entry").click()
    moderator.get_by_text(f"“{word}” is in the glossary").wait_for()
    moderator.goto(f"/admin/searches/pins/new?text={word}&address={GUIDE}")
    moderator.get_by_label("Reason").fill("It is the one with the steps")
    moderator.get_by_role("button", name="Save decision").click()
    moderator.get_by_text("Your decision holds from now on").wait_for()

    reader = visit(scripts=scripts)
    reader.goto(f"/search?q={word}")
    reader.get_by_text("Also searched for: planning register").wait_for()
    first = reader.locator("ol.cp-rows > li").first
    assert first.locator(".cp-row__title").get_by_role("link").get_attribute("href") == GUIDE
    assert "Put on top by the moderators: It is the one with the steps" in first.inner_text()
    reader.goto("/glossary")
    assert reader.get_by_role("heading", name=word).count() == 1
