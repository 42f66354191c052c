"""``pejl survey national``: the authority's file from the command line."""

from tests.command import Hub

HEADER = "goal;measured_on;value;n;interval_low;interval_high;method\n"
FILE = HEADER + "nps_growth;2024-10-01;72;120;62;82;Telefon\nreferral_use;2024-10-01;54,5;88;;;\n"


def test_the_file_is_taken_in_once_and_a_faulty_one_is_refused_without_a_traceback(tmp_path):
    hub, path = Hub(tmp_path / "hub"), tmp_path / "tal.csv"
    path.write_text(FILE, "utf-8")
    first = hub.run("survey", "national", path, "--source", "Erhvervsstyrelsen")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        "nps_growth, 2024-10-01: 72, interval made by source",
        "referral_use, 2024-10-01: 54.5, interval made by wilson",
    ]
    hub.run("survey", "national", path, "--source", "Erhvervsstyrelsen")
    path.write_text(FILE.replace("72;120", "mange;120"), "utf-8")
    refused = hub.run("survey", "national", path, "--source", "Erhvervsstyrelsen")
    assert refused.returncode == 1
    assert "line 2: the value 'mange', where a number is needed" in refused.stderr
    assert "Traceback" not in refused.stderr
    missing = hub.run("survey", "national", tmp_path / "x.csv", "--source", "Erhvervsstyrelsen")
    assert missing.returncode == 1
    kept = hub.python(
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'pejl_hub.config.settings'\n"
        "import django; django.setup()\n"
        "from pejl_hub.evidence.models import ReportedFigure as R\n"
        "print(sorted(R.objects.values_list('goal', flat=True)))"
    )
    assert kept == "['nps_growth', 'referral_use']"
