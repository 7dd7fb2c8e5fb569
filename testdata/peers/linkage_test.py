"""Holds the plain ways to a world made by hand: python3 -m unittest discover -s testdata/peers -p '*_test.py'"""

import csv
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True  # the folder is committed

import linkage

HEAD = "platform,account,kind,value,relation,first_seen,last_seen,count\n"
# a and b share a device in two spellings, b and c an address with a comma; d has c's name and e is a's recruiter: no tie.
SIGNINS = HEAD + "p,a,device,Serial:X 1,login,,,\np,b,device,serial:x  1,login,,,\np,d,name,Cy Lee,registered,,,\n"
PAYROLL = HEAD + 'p,b,address,"1 Elm St, Salem",registered,,,\np,c,address,"1 ELM ST,  Salem",registered,,,\n'
PAYROLL += "p,c,name,Cy Lee,registered,,,\np,e,email,r@x.example,recruiter,,,\np,a,email,r@x.example,registered,,,\n"


class Plain(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        for name, text in (("signins.csv", SIGNINS), ("payroll.csv", PAYROLL), ("edges.csv", "file,row,nature\n")):
            with open(os.path.join(self.folder.name, name), "w", encoding="utf-8") as f:
                f.write(text)

    def groups(self, labels):
        """Returns the accounts a to e by group."""
        by = {}
        for account, label in zip("abcde", labels):
            by.setdefault(label, []).append(account)
        return sorted("".join(g) for g in by.values())

    def test_observations(self):
        names = [os.path.basename(f) for f in linkage.observations(self.folder.name)]
        self.assertEqual(names, ["payroll.csv", "signins.csv"])

    def test_components(self):
        db = linkage.database(self.folder.name)
        self.assertEqual(self.groups(linkage.side_components(db)), ["abc", "d", "e"])
        self.assertEqual(self.groups(linkage.components(db, 1)), ["a", "b", "c", "d", "e"])

    def test_leiden(self):
        db = linkage.database(self.folder.name)
        for side in (linkage.side_leiden, linkage.side_leiden_rare):
            groups = self.groups(side(db))
            self.assertTrue(groups[-2:] == ["d", "e"] and all(set(g) <= set("abc") for g in groups[:-2]), groups)

    def test_worker(self):
        out = os.path.join(self.folder.name, "labels.out")
        linkage.worker("capped", self.folder.name, out)
        with open(out, encoding="utf-8") as f:
            rows = list(csv.DictReader(f))
        self.assertEqual([r["account"] for r in rows], list("abcde"))
        self.assertEqual(len({r["label"] for r in rows}), 3)


if __name__ == "__main__":
    unittest.main()
