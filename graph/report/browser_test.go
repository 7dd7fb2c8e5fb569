package report

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserPath finds a Chromium: SAMEHAND_CHROMIUM, or one of the usual names in PATH. Without one the test is skipped,
// except where CI is set: there a missing browser is a failure, since a skipped test looks like a passed one.
func browserPath(t *testing.T) string {
	t.Helper()
	if p := os.Getenv("SAMEHAND_CHROMIUM"); p != "" {
		if _, err := exec.LookPath(p); err != nil {
			t.Fatalf("SAMEHAND_CHROMIUM is not a program: %v", err)
		}
		return p
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	const missing = "NOT TESTED: no Chromium found; set SAMEHAND_CHROMIUM or install chromium"
	if os.Getenv("CI") == "true" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

// tab is a browser tab that has opened a report from disk, and what it complained of.
type tab struct {
	context.Context
	mu         sync.Mutex
	complaints []string
	requests   []string // everything that was fetched beside the page itself
}

// openTab opens the model's page in an empty profile.
func openTab(t *testing.T, m Model, before ...chromedp.Action) *tab {
	t.Helper()
	browser := browserPath(t)
	dir, err := os.MkdirTemp("", "samehand-browser")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "report.html")
	if err := os.WriteFile(file, encoded(t, HTML{}, m), 0o600); err != nil {
		t.Fatal(err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.UserDataDir(filepath.Join(dir, "profile")), chromedp.WindowSize(1200, 900))
	ctx, cancelBrowser := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, _ = chromedp.NewContext(ctx)
	ctx, cancelTime := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(func() {
		cancelTime()
		cancelBrowser() // ends the tab too, and waits; ending the tab by itself waits forever when the browser did not start
		removeSoon(t, dir)
	})
	tb := &tab{Context: ctx}
	chromedp.ListenTarget(ctx, tb.listen)
	actions := append([]chromedp.Action{log.Enable(), network.Enable(), runtime.Enable()}, before...)
	actions = append(actions, chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String()), chromedp.WaitReady("body"))
	if err := chromedp.Run(ctx, actions...); err != nil {
		t.Fatalf("opening the page: %v", err)
	}
	return tb
}

// removeSoon removes a profile, into which helpers of the browser may write a little longer than it lives.
func removeSoon(t *testing.T, dir string) {
	var err error
	for range 50 {
		if err = os.RemoveAll(dir); err == nil {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Logf("left behind: %v", err)
}

func (tb *tab) listen(ev any) {
	tb.mu.Lock()
	defer tb.mu.Unlock()
	switch e := ev.(type) {
	case *log.EventEntryAdded:
		tb.complaints = append(tb.complaints, e.Entry.Text)
	case *runtime.EventExceptionThrown:
		tb.complaints = append(tb.complaints, e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		tb.complaints = append(tb.complaints, "console."+string(e.Type))
	case *cdpage.EventJavascriptDialogOpening:
		tb.complaints = append(tb.complaints, "a dialog opened")
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") {
			tb.requests = append(tb.requests, u)
		}
	}
}

// quiet fails the test when the page complained, or asked for anything outside of itself.
func (tb *tab) quiet(t *testing.T) {
	t.Helper()
	tb.mu.Lock()
	defer tb.mu.Unlock()
	if len(tb.complaints) > 0 || len(tb.requests) > 0 {
		t.Errorf("the page complained: %q; it asked for: %q", tb.complaints, tb.requests)
	}
}

// run runs actions and fails the test on error.
func (tb *tab) run(t *testing.T, as ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(tb, as...); err != nil {
		t.Fatal(err)
	}
}

// painted counts the pixels of a figure's canvases that are not empty.
const painted = `Array.from(document.querySelectorAll('figure[data-graph=c1] canvas')).reduce(function (n, c) {
  var d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data, k = 0;
  for (var i = 3; i < d.length; i += 4) { if (d[i] > 0) { k++; } }
  return n + k; }, 0)`

func TestBrowserDrawsThePicture(t *testing.T) {
	tb := openTab(t, model(t))
	var pixels int
	var panel, still string
	tb.run(t, chromedp.Click(`#c1 .tools button:nth-child(2)`), chromedp.WaitVisible(`figure[data-graph="c1"][data-drawn]`), chromedp.Sleep(300*time.Millisecond), chromedp.Evaluate(painted, &pixels),
		chromedp.Text(`figure[data-graph="c1"] .panel`, &panel), chromedp.Evaluate(`getComputedStyle(document.querySelector('#c1 .still')).display`, &still))
	if pixels < 2000 {
		t.Errorf("only %d pixels are painted", pixels)
	}
	if !strings.Contains(panel, "Choose a node") || still != "none" {
		t.Errorf("panel says %q, the still picture is shown as %q", panel, still)
	}
	tb.quiet(t)
}

func TestBrowserShowsANode(t *testing.T) {
	tb := openTab(t, model(t))
	var title, text string
	var open bool
	tb.run(t, chromedp.Click(`#c1 .tools button:nth-child(2)`), chromedp.WaitVisible(`figure[data-graph="c1"][data-drawn]`),
		// the first value of the picture is the first evidence of the cluster: its node follows those of the accounts
		chromedp.Evaluate(`(function () { var cy = document.querySelector('#c1 .canvas')._cyreg.cy;
			cy.nodes('[kind != "account"]').first().emit('tap'); })()`, nil),
		chromedp.Text(`#c1 .panel h4`, &title), chromedp.Text(`#c1 .panel`, &text),
		chromedp.Click(`#c1 .panel button`), chromedp.Evaluate(`document.getElementById('c1-e1').open`, &open))
	if !strings.HasPrefix(title, "phone number +1415") || !strings.Contains(text, "Shared by 2 persons here") || !open {
		t.Errorf("the panel says %q: %q; evidence open: %v", title, text, open)
	}
	tb.quiet(t)
}

func TestBrowserWithoutScripts(t *testing.T) {
	tb := openTab(t, model(t), emulation.SetScriptExecutionDisabled(true))
	var width, height int64
	tb.run(t, chromedp.WaitVisible(`#c1 svg.columns`), chromedp.WaitVisible(`#c1 svg.timeline`),
		chromedp.Evaluate(`0`, nil)) // evaluating still works from outside of the page
	tb.run(t, chromedp.Evaluate(`Math.round(document.querySelector('#c1 svg.columns').getBoundingClientRect().width)`, &width),
		chromedp.Evaluate(`Math.round(document.querySelector('#c1 svg.columns').getBoundingClientRect().height)`, &height))
	if width < 600 || height < 200 {
		t.Errorf("the still picture is %d by %d", width, height)
	}
	tb.quiet(t)
}

func TestBrowserIgnoresHostileValues(t *testing.T) {
	tb := openTab(t, hostileModel(t))
	var moved bool
	tb.run(t, chromedp.Click(`#c1 .tools button:nth-child(2)`), chromedp.WaitVisible(`figure[data-graph="c1"][data-drawn]`),
		chromedp.Evaluate(`(function () { var cy = document.querySelector('#c1 .canvas')._cyreg.cy;
			cy.nodes().forEach(function (n) { n.emit('tap'); }); document.querySelectorAll('details').forEach(function (d) { d.open = true; }); })()`, nil),
		chromedp.Sleep(300*time.Millisecond), chromedp.Evaluate(`window.pwned !== undefined || location.protocol !== 'file:'`, &moved))
	if moved {
		t.Error("a value ran as a script")
	}
	tb.quiet(t)
}

// TestBrowserNeverScrollsSideways opens the page as wide as a small phone: tables scroll by themselves, the page does not.
func TestBrowserNeverScrollsSideways(t *testing.T) {
	tb := openTab(t, hostileModel(t))
	tb.run(t, chromedp.Evaluate(`document.querySelectorAll('details').forEach(function (d) { d.open = true; })`, nil))
	for _, width := range []int64{320, 390, 1200} {
		var wide int64
		tb.run(t, emulation.SetDeviceMetricsOverride(width, 800, 1, false), chromedp.Evaluate(`document.documentElement.scrollWidth`, &wide))
		if wide > width {
			var culprits string
			tb.run(t, chromedp.Evaluate(widest, &culprits))
			t.Errorf("at %d pixels the page is %d wide: %s", width, wide, culprits)
		}
	}
}

// On a narrow page it is said that the pictures scroll sideways, on a wide one they do not and it is not.
func TestBrowserSaysWhatScrolls(t *testing.T) {
	tb := openTab(t, model(t))
	for _, c := range []struct {
		width int64
		want  string
	}{{380, "block true"}, {1200, "none false"}} {
		var got string
		tb.run(t, emulation.SetDeviceMetricsOverride(c.width, 800, 1, false), chromedp.Evaluate(`(function () { var s = document.querySelector('#c1 .still');
			return getComputedStyle(s.querySelector('.sideways')).display + ' ' + (s.scrollWidth > s.clientWidth); })()`, &got))
		if got != c.want {
			t.Errorf("at %d pixels: %s, want %s", c.width, got, c.want)
		}
	}
}

// widest names the elements without which the page would be narrower.
const widest = `Array.from(document.querySelectorAll('body *')).filter(function (e) {
  var before = document.documentElement.scrollWidth, display = e.style.display;
  e.style.display = 'none';
  var after = document.documentElement.scrollWidth;
  e.style.display = display;
  return after < before; }).map(function (e) { return e.tagName + '.' + e.getAttribute('class'); }).join(' > ')`

func TestBrowserPrints(t *testing.T) {
	tb := openTab(t, model(t))
	var shown, canvas string
	tb.run(t, chromedp.Click(`#c1 .tools button:nth-child(2)`), chromedp.WaitVisible(`figure[data-graph="c1"][data-drawn]`), emulation.SetEmulatedMedia().WithMedia("print"),
		chromedp.Evaluate(`getComputedStyle(document.querySelector('#c1 .still')).display`, &shown),
		chromedp.Evaluate(`getComputedStyle(document.querySelector('#c1 .moving')).display`, &canvas))
	if shown != "block" || canvas != "none" {
		t.Errorf("on paper, the still picture is %q and the moving one %q", shown, canvas)
	}
	tb.quiet(t)
}
