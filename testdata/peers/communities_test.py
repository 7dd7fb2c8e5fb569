"""Holds the judge to examples reckoned by hand: python3 -m unittest discover -s testdata/peers -p '*_test.py'"""

import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True  # the folder is committed

import numpy as np

import communities as c

# Two triangles, 0 1 2 and 3 4 5, and an edge between them.
ENDS = np.array([[0, 1], [0, 2], [1, 2], [3, 4], [3, 5], [4, 5], [2, 3]], dtype=np.uint32)
ONES = np.ones(len(ENDS))
SPLIT = np.array([0, 0, 0, 1, 1, 1])


class Judge(unittest.TestCase):
    def test_modularity(self):
        # 6 of 7 edges are inside; each side has 7 of 14 ends.
        self.assertAlmostEqual(c.objective(6, ENDS, ONES, SPLIT, "modularity", 1.0), 6 / 7 - 2 * 0.25)
        self.assertAlmostEqual(c.objective(6, ENDS, ONES, np.zeros(6, int), "modularity", 1.0), 0)
        self.assertAlmostEqual(c.objective(6, ENDS, ONES, SPLIT, "modularity", 2.0), 6 / 7 - 2 * 2 * 0.25)

    def test_cpm(self):
        self.assertAlmostEqual(c.objective(6, ENDS, 3 * ONES, SPLIT, "cpm", 1.0), 18 - 6)
        self.assertAlmostEqual(c.objective(6, ENDS, ONES, np.zeros(6, int), "cpm", 0.5), 7 - 7.5)
        self.assertAlmostEqual(c.objective(6, ENDS, ONES, np.arange(6), "cpm", 0.5), 0)

    def test_disconnected(self):
        for group, want in (
            (SPLIT, 0),
            (np.arange(6), 0),
            (np.zeros(6, int), 0),
            (np.array([0, 1, 1, 1, 1, 0]), 1),  # 0 and 5 are far apart; 1-2-3-4 is a path
            (np.array([0, 1, 0, 1, 0, 1]), 2),  # 0-2 and 4 apart, 3-5 and 1 apart
        ):
            self.assertEqual(c.disconnected(6, ENDS, group), want, group)
        path = np.stack([np.arange(9999), np.arange(1, 10000)], 1).astype(np.uint32)
        self.assertEqual(c.disconnected(10000, path[:, ::-1], np.zeros(10000, int)), 0)
        self.assertEqual(c.disconnected(10000, np.delete(path, 5000, 0), np.zeros(10000, int)), 1)

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            text = os.path.join(folder, "g.txt")
            with open(text, "w", encoding="ascii") as f:
                f.write("7 10 1.5\n10 400 0.25\n")
            self.assertEqual(c.read_text(text, folder), {"nodes": 3, "edges": 2, "weight": 1.75})
            n, ends, weights = c.load(folder)
            self.assertEqual((n, ends.tolist(), weights.tolist()), (3, [[0, 1], [1, 2]], [1.5, 0.25]))
            names = np.load(os.path.join(folder, "names.npy"))
            labels = os.path.join(folder, "l.csv")
            for heading in ("", "node,community\n"):
                with open(labels, "w", encoding="utf-8") as f:
                    f.write(heading + "400,2\n7,1\n10,2\n")
                self.assertEqual(c.read_labels(labels, names).tolist(), [1, 2, 2])
            with open(labels, "w", encoding="utf-8") as f:
                f.write("400,2\n7,1\n")
            with self.assertRaises(SystemExit):
                c.read_labels(labels, names)


if __name__ == "__main__":
    unittest.main()
