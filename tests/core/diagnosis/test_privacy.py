"""Texts without names, whatever the names are."""

import json

import pytest

from geodl_plugin.diagnosis.computer import heeded, search_path
from geodl_plugin.diagnosis.privacy import Privacy, without_secrets

ANN = Privacy(
    [r"C:\Users\Ann Lee", ""], [r"C:\Users\Ann Lee\OneDrive - Contoso Ltd"], ["Ann Lee", ""], ["DESK-7", "CONTOSO"]
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"C:\Users\Ann Lee\AppData\x.dll", r"~\AppData\x.dll"),
        ("c:/users/ann lee/x", "~/x"),
        (repr(r"C:\Users\Ann Lee\x"), r"'~\\x'"),
        (r"C:\Users\ANNLEE~1\AppData\Local\Temp", r"C:\Users\USER\AppData\Local\Temp"),
        (r"D:\profiles\ANNLEE~1\x", r"D:\profiles\USER\x"),
        (r"D:\profiles\Ann Lee\x", r"D:\profiles\USER\x"),
        (r"C:\Users\Ann Lee\OneDrive - Contoso Ltd\a.tif", r"~OneDrive\a.tif"),
        (r"C:\Users\Ann Leeds\x", r"C:\Users\USER\x"),  # somebody else
        ("/Users/bob/x and /home/carl/y", "/Users/USER/x and /home/USER/y"),
        (r"C:\Users\Public\x", r"C:\Users\Public\x"),
        ("on desk-7.example.org, CONTOSO\\Ann Lee", "on HOST.example.org, HOST\\USER"),
        ("Programs of Ann Lee's", "Programs of USER's"),
        ("http://ann:s3c@ret@proxy.invalid:3128/x", "http://***@proxy.invalid:3128/x"),
        (r"C:\OSGeo4W\bin\gdal.dll", r"C:\OSGeo4W\bin\gdal.dll"),
    ],
)
def test_names_are_hidden(text, shown):
    assert ANN.text(text) == shown


def test_words_with_a_name_in_them_stay():
    hide = Privacy(["/home/ann"], [], ["ann"], [])
    shown = hide.text("channel annual ann_env ann2 /tmp/ann-x Ann's planned /home/ann/x /home/annette/x")
    assert shown == "channel annual USER_env USER2 /tmp/USER-x USER's planned ~/x /home/USER/x"


def test_a_name_of_one_letter_is_hidden_in_paths_only():
    hide = Privacy(["/home/a"], [], ["a"], [])
    assert hide.text("a file of a user: /home/a/x, /srv/a/data, '/data/a'") == (
        "a file of a user: ~/x, /srv/USER/data, '/data/USER'"
    )


def test_a_name_that_is_a_word_of_ours_is_hidden_as_home_only():
    hide = Privacy(["/root"], [], ["root", "python", "tensorflow"], ["localhost"])
    text = "/root/x, python 3.11, /usr/lib/python/tensorflow, /usr/root/y, localhost"
    assert hide.text(text) == "~/x, python 3.11, /usr/lib/python/tensorflow, /usr/root/y, localhost"


@pytest.mark.parametrize("home", ["/", "C:\\", "d:/", ""])
def test_a_drive_or_a_root_as_home_hides_nothing(home):
    assert Privacy([home], [], [], []).text("/usr/lib and C:\\x") == "/usr/lib and C:\\x"


def test_a_home_on_another_drive_or_server_is_hidden():
    hide = Privacy([r"H:\ann", r"\\server\homes\ann.lee"], [], [], [])
    assert hide.text(r"H:\ann\x") == r"~\x"
    assert hide.text(r"\\server\homes\ann.lee\x") == r"~\x"


def test_whole_values_of_json_are_without_names():
    found = ANN.value({"C:/Users/Ann Lee": ["DESK-7", 1, None, True, ("Ann Lee",)]})
    assert json.dumps(found) == '{"~": ["HOST", 1, null, true, ["USER"]]}'


def test_the_names_of_this_computer_are_known(monkeypatch, tmp_path):
    for name, value in (("HOME", str(tmp_path / "zoe.q")), ("LOGNAME", "zoe.q"), ("COMPUTERNAME", "LAB-17")):
        monkeypatch.setenv(name, value)
    hidden = Privacy.of_this_computer().text(f"{tmp_path / 'zoe.q' / 'x'}; ZOE.Q at LAB-17")
    assert hidden == "~/x; USER at HOST"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("GDAL_HTTP_USERPWD", "ann:secret", "***"),
        ("GDAL_HTTP_BEARER", "abc", "***"),
        ("CPL_AWS_SECRET", "abc", "***"),
        ("GDAL_HTTP_HEADERS", "Cookie: abc", "***"),
        ("HTTPS_PROXY", "ann:secret@proxy.invalid:80", "***@proxy.invalid:80"),
        ("GDAL_DATA", r"C:\OSGeo4W\share\gdal", r"C:\OSGeo4W\share\gdal"),
    ],
)
def test_secrets_are_hidden(name, value, shown):
    assert without_secrets(name, value) == shown


def test_only_variables_that_matter_are_told():
    given = {"PROJ_DATA": "p", "http_proxy": "x", "Path": "a", "MY_PASSWORD": "no", "EDITOR": "vi", "TF_X": "1"}
    assert heeded(given) == {"PROJ_DATA": "p", "TF_X": "1", "http_proxy": "x"}
    assert search_path({"Path": "a"}) == ["a"]
