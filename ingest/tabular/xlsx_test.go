package tabular

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"samehand/ingest"
)

// workbook writes a workbook; fill puts cells into it.
func workbook(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(t testing.TB, f *excelize.File, sheet, cell string, v any, format string) {
	t.Helper()
	if err := f.SetCellValue(sheet, cell, v); err != nil {
		t.Fatal(err)
	}
	if format == "" {
		return
	}
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle(sheet, cell, cell, style); err != nil {
		t.Fatal(err)
	}
}

func employees(t testing.TB) []byte {
	return workbook(t, func(f *excelize.File) {
		set(t, f, "Sheet1", "A1", "Employees of Acme", "")
		for i, h := range []string{"id", "routing", "account", "start", "note", ""} {
			cell, _ := excelize.CoordinatesToCellName(i+1, 3)
			set(t, f, "Sheet1", cell, h, "")
		}
		set(t, f, "Sheet1", "A4", "E-1", "")
		set(t, f, "Sheet1", "B4", 11000015, "000000000")
		set(t, f, "Sheet1", "C4", "004471902218", "")
		set(t, f, "Sheet1", "D4", time.Date(2024, 5, 31, 9, 30, 0, 0, time.UTC), "m/d/yyyy h:mm")
		set(t, f, "Sheet1", "E4", "a,b", "")
		set(t, f, "Sheet1", "A6", "E-2", "")
		set(t, f, "Sheet1", "C6", 4471902218, "#,##0")
		set(t, f, "Sheet1", "D6", 45443, "")
		set(t, f, "Sheet1", "E6", true, "")
		set(t, f, "Sheet1", "A7", "E-3", "")
		set(t, f, "Sheet1", "G7", "beyond", "")
		set(t, f, "Sheet1", "A8", "12E4", "")
		f.NewSheet("Other")
		set(t, f, "Other", "A1", "x", "")
		set(t, f, "Other", "A2", "y", "")
	})
}

func TestXLSX(t *testing.T) {
	data := employees(t)
	r := open(t, data, input(data), Options{Header: 3})
	rows, err := all(t, r)
	if err != nil {
		t.Fatal(err)
	}
	want := []got{
		{4, 1, []string{"E-1", "011000015", "004471902218", "2024-05-31T09:30:00", "a,b"}, ""},
		{6, 1, []string{"E-2", "", "4471902218", "45443", "TRUE"}, ""},
		{Line: 7, Reason: "7 cells, but the header has 5"},
		{8, 1, []string{"12E4", "", "", "", ""}, ""},
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"id", "routing", "account", "start", "note"}, r.Columns()); d != "" {
		t.Errorf("columns (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{`of 2 sheets, only "Sheet1" was read`, "1 row with nothing but empty cells skipped"}, r.Notes()); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
}

func TestXLSXSheet(t *testing.T) {
	data := employees(t)
	rows, err := all(t, open(t, data, input(data), Options{Sheet: "Other"}))
	if err != nil || len(rows) != 1 || rows[0].Cells[0] != "y" {
		t.Errorf("%v, %v", rows, err)
	}
	if _, err := Open(bytes.NewReader(data), input(data), Options{Sheet: "Third"}); err == nil || !strings.Contains(err.Error(), `it has "Sheet1", "Other"`) {
		t.Errorf("error %v", err)
	}
}

// rezip changes the parts of a workbook.
func rezip(t testing.TB, data []byte, change func(name string, part []byte) []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(io.LimitReader(r, 1<<20))
		if err != nil {
			t.Fatal(err)
		}
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(change(f.Name, part))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The library takes a damaged sheet for one that ends there; rows would be lost without a word.
func TestXLSXDamagedSheetIsNoEnd(t *testing.T) {
	good := employees(t)
	for name, change := range map[string]func(part []byte) []byte{
		"cut":     func(p []byte) []byte { return p[:len(p)*2/3] },
		"garbled": func(p []byte) []byte { return bytes.Replace(p, []byte("</row>"), []byte("</row><&"), 2) },
	} {
		data := rezip(t, good, func(n string, part []byte) []byte {
			if n == "xl/worksheets/sheet1.xml" {
				return change(part)
			}
			return part
		})
		if _, err := Open(bytes.NewReader(data), input(data), Options{}); err == nil || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestXLSXBombs(t *testing.T) {
	good := employees(t)
	zeros := strings.Repeat(" ", 80<<20)
	for part, name := range map[string]string{"xl/worksheets/sheet1.xml": "a sheet", "xl/media/image1.png": "a picture"} {
		data := rezip(t, good, func(n string, p []byte) []byte {
			if n == "xl/worksheets/sheet1.xml" && n == part {
				return append(p, zeros...)
			}
			if n == "xl/workbook.xml" && part != "xl/worksheets/sheet1.xml" {
				return append(p, zeros...)
			}
			return p
		})
		var limit *ingest.LimitError
		in := input(data)
		in.Limits.Ratio = 100
		if _, err := Open(bytes.NewReader(data), in, Options{}); !errors.As(err, &limit) {
			t.Errorf("%s of %d bytes in a file of %d: error %v", name, len(zeros), len(data), err)
		}
	}
}

func TestXLSXGarbled(t *testing.T) {
	good := employees(t)
	for at := 0; at < len(good); at += 97 {
		bad := bytes.Clone(good)
		bad[at] ^= 0xff
		r, err := Open(bytes.NewReader(bad), input(bad), Options{})
		if err != nil {
			continue
		}
		all(t, r)
		r.Close()
	}
}
