package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptNow names the variable that holds the time at which a script's samehand runs. The program itself knows nothing of it.
const scriptNow = "SAMEHAND_TEST_NOW"

// TestMain makes this test binary the program when a script, or a shell that a test starts, calls samehand.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"samehand": func() { os.Exit(scriptMain()) },
	})
}

// scriptMain is main with a clock that a script sets.
func scriptMain() int {
	text := os.Getenv(scriptNow)
	if text == "" {
		return runHere(os.Args[1:])
	}
	now, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err) // a mistake in the script
	}
	w := processWorld()
	w.now = func() time.Time { return now }
	return run(context.Background(), os.Args[1:], w)
}

// scriptSetup gives scripts the clock and takes what a developer's shell may set from them.
func scriptSetup(e *testscript.Env) error {
	e.Setenv(scriptNow, testTime.Format(time.RFC3339))
	e.Setenv("SAMEHAND_CASE", "")
	e.Setenv("NO_COLOR", "")
	return nil
}

// TestScripts runs the stories in testdata/script. SAMEHAND_UPDATE=1 writes the outputs that they compare with again.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program some hundred times")
	}
	testscript.Run(t, testscript.Params{
		Dir:                 projectRoot + "/testdata/script",
		Setup:               scriptSetup,
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("SAMEHAND_UPDATE") != "",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": scriptExits,
			"gzip":  scriptGzip,
		},
	})
}

// scriptExits is "exits CODE COMMAND ARGS...": the command must end with exactly that code.
func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// scriptGzip is "gzip FROM TO [BYTES]": it packs a file, and keeps only the first BYTES of what comes out.
func scriptGzip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: gzip FROM TO [BYTES]")
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	ts.Check(z.Close())
	packed := b.Bytes()
	if len(args) == 3 {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		packed = packed[:min(n, len(packed))]
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), packed, 0o600))
}
