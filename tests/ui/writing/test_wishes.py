"""What is wished for follows the preferences, unless something else is asked for."""

from composer.core.copies import CodeManner, CurlManner
from composer.core.curl import Style
from composer.core.shells import Shell
from composer.core.tokens import KeyMode
from composer.ui.writing.wishes import code_wish, curl_wish
from tests.helpers.stage import EU, SANDBOX, Stage


async def test_a_command_is_as_the_preferences_say(stage: Stage) -> None:
    preferences, request = stage.preferences, stage.request(b"{}", EU)
    preferences.change(copy_shell=Shell.CMD, copy_style=Style.ONE_LINE)
    wish = curl_wish(preferences, request)
    assert wish.manner == CurlManner(shell=Shell.CMD, style=Style.ONE_LINE)
    assert wish.request is request
    other = curl_wish(preferences, request, shell=Shell.POWERSHELL).manner
    assert other == CurlManner(shell=Shell.POWERSHELL, style=Style.ONE_LINE)


async def test_code_is_as_the_preferences_say(stage: Stage) -> None:
    preferences, request = stage.preferences, stage.request(b"{}", EU)
    preferences.change(code_target="ruby", copy_key=KeyMode.MASKED)
    assert code_wish(preferences, request).manner == CodeManner(target="ruby")
    assert code_wish(preferences, request, target="go").manner == CodeManner(target="go")
    assert code_wish(preferences, request).key is KeyMode.MASKED
    preferences.change(code_target="cobol")
    assert code_wish(preferences, request).manner == CodeManner(target="http")


async def test_the_key_is_carried_as_is_usual_where_the_request_goes(stage: Stage) -> None:
    preferences, request = stage.preferences, stage.request(b"{}", EU)
    assert curl_wish(preferences, request).key is KeyMode.INLINE, "the sandbox is chosen"
    assert curl_wish(preferences, request, destination=EU).key is KeyMode.ENV
    assert curl_wish(preferences, request, destination=SANDBOX).key is KeyMode.INLINE
