package ident

import (
	"strings"
)

// provider says how a mail provider reads the part before the @.
type provider struct {
	domain string // the name that all domains of one mailbox are folded to
	dots   bool   // dots do not matter
	plus   bool   // what follows a + is a tag of the user's own
}

// providers are the mail providers whose own documentation states these rules.
// A provider that is not here is taken literally: to fold too little misses a link, to fold too much makes one of two strangers.
var providers = map[string]provider{
	"gmail.com":      {"gmail.com", true, true},
	"googlemail.com": {"gmail.com", true, true}, // Gmail's name in Germany and the UK; the same mailbox

	"outlook.com": {"outlook.com", false, true},
	"hotmail.com": {"hotmail.com", false, true},
	"live.com":    {"live.com", false, true},
	"msn.com":     {"msn.com", false, true},

	"hotmail.co.uk": {"hotmail.co.uk", false, true},
	"hotmail.fr":    {"hotmail.fr", false, true},
	"hotmail.de":    {"hotmail.de", false, true},
	"hotmail.es":    {"hotmail.es", false, true},
	"hotmail.it":    {"hotmail.it", false, true},
	"outlook.fr":    {"outlook.fr", false, true},
	"outlook.de":    {"outlook.de", false, true},
	"outlook.es":    {"outlook.es", false, true},
	"outlook.jp":    {"outlook.jp", false, true},
	"live.co.uk":    {"live.co.uk", false, true},

	"fastmail.com":   {"fastmail.com", false, true},
	"fastmail.fm":    {"fastmail.fm", false, true},
	"proton.me":      {"proton.me", false, true},
	"protonmail.com": {"protonmail.com", false, true},
	"protonmail.ch":  {"protonmail.ch", false, true},
	"pm.me":          {"pm.me", false, true},
	"icloud.com":     {"icloud.com", false, true},
	"me.com":         {"me.com", false, true},
	"mac.com":        {"mac.com", false, true},
	"yandex.ru":      {"yandex.ru", false, true},
	"yandex.com":     {"yandex.com", false, true},
	"posteo.de":      {"posteo.de", false, true},
	"mailbox.org":    {"mailbox.org", false, true},
	"runbox.com":     {"runbox.com", false, true},
}

// freeMail are further providers where anybody can have a mailbox of any name, so that jobs@ there is a person's own.
var freeMail = map[string]bool{
	"yahoo.com": true, "yahoo.co.uk": true, "yahoo.co.jp": true, "yahoo.co.in": true, "yahoo.fr": true, "yahoo.de": true, "ymail.com": true, "rocketmail.com": true,
	"aol.com": true, "gmx.com": true, "gmx.de": true, "gmx.net": true, "web.de": true, "mail.com": true, "mail.ru": true, "inbox.ru": true, "list.ru": true, "bk.ru": true,
	"qq.com": true, "163.com": true, "126.com": true, "foxmail.com": true, "sina.com": true, "naver.com": true, "daum.net": true, "hanmail.net": true, "zoho.com": true,
	"zohomail.com": true, "tutanota.com": true, "tuta.io": true, "tuta.com": true, "hey.com": true, "rambler.ru": true, "ya.ru": true, "comcast.net": true, "verizon.net": true,
	"att.net": true, "sbcglobal.net": true, "orange.fr": true, "libero.it": true, "t-online.de": true, "rediffmail.com": true,
}

// noReplies are mailboxes that nobody reads: no person has them as their own.
var noReplies = map[string]bool{
	"noreply": true, "no-reply": true, "no_reply": true, "no.reply": true, "donotreply": true, "do-not-reply": true, "do_not_reply": true, "do.not.reply": true,
	"noreplies": true, "mailer-daemon": true, "mailerdaemon": true, "postmaster": true, "bounce": true, "bounces": true, "devnull": true, "dev-null": true,
	"nobody": true, "none": true, "null": true, "noemail": true, "no-email": true, "nomail": true, "na": true, "unknown": true, "test": true, "xxx": true,
}

// helpDesks are mailboxes that many strangers are handled from: they stand in the records of every applicant or every
// employee, so they tie nobody to anybody. Words for a company's one public mailbox (info@, admin@, contact@, sales@)
// are not here: two records that give the same info@ of a rare domain have the same firm behind them, and
// if the mailbox turns out to be everybody's, its number of holders shows it.
var helpDesks = map[string]bool{
	"jobs": true, "job": true, "careers": true, "career": true, "recruiting": true, "recruitment": true, "recruiter": true, "recruiters": true, "hiring": true, "talent": true,
	"hr": true, "humanresources": true, "human-resources": true, "helpdesk": true, "help-desk": true, "servicedesk": true, "service-desk": true,
	"itsupport": true, "it-support": true, "support": true,
}

// parseEmail reads an e-mail address. A no-reply address of a code host that holds a login is the handle of that login.
func parseEmail(_ Parser, s, _ string) (ID, error) {
	s = fold(bareAddress(s))
	at := strings.LastIndexByte(s, '@')
	if at < 0 {
		return fail(Email, "has no @")
	}
	domain, fault := domainOf(s[at+1:])
	if fault != "" {
		return fail(Email, fault)
	}
	local := s[:at]
	if id, ok := commitHandle(local, domain); ok {
		return id, nil
	}
	if fault := localFault(local); fault != "" {
		return fail(Email, fault)
	}
	if pr, ok := providers[domain]; ok {
		domain = pr.domain
		if local = pr.fold(local); local == "" {
			return fail(Email, "has nothing but dots and a tag before the @")
		}
	}
	return makeID(Email, emailMark(local, domain), local+"@"+domain)
}

// bareAddress returns the address in "Name <address>", "<address>" or "mailto:address".
func bareAddress(s string) string {
	if strings.HasSuffix(s, ">") {
		if open := strings.LastIndexByte(s, '<'); open >= 0 {
			s = strings.TrimSpace(s[open+1 : len(s)-1])
		}
	}
	s, _ = trimPrefixFold(s, "mailto:")
	return s
}

// localFault says what is wrong with the part before the @, "" when nothing is (RFC 5321, without quoted forms).
func localFault(s string) string {
	if s == "" {
		return "has nothing before the @"
	}
	if len(s) > 64 {
		return "has more than 64 bytes before the @"
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '(', ')', '<', '>', ',', ';', ':', '\\', '"', '[', ']', '@':
			return "has a character before the @ that addresses do not have"
		}
	}
	return ""
}

// fold returns a local part in lower case as its provider reads it.
func (p provider) fold(local string) string {
	if p.plus {
		local, _, _ = strings.Cut(local, "+")
	}
	if p.dots {
		local = strings.ReplaceAll(local, ".", "")
	}
	return local
}

// commitHandle returns the handle in an address that a code host puts into commits instead of the user's own:
// id+login@ and the older login@users.noreply.github.com, id-login@users.noreply.gitlab.com.
func commitHandle(local, domain string) (ID, bool) {
	var platform, login string
	switch domain {
	case "users.noreply.github.com":
		platform, login = "github", local
		if id, l, ok := strings.Cut(local, "+"); ok && allDigits(id) {
			login = l
		}
	case "users.noreply.gitlab.com":
		id, l, ok := strings.Cut(local, "-")
		if !ok || !allDigits(id) {
			return ID{}, false
		}
		platform, login = "gitlab", l
	default:
		return ID{}, false
	}
	id, err := handleOn(platform, login)
	return id, err == nil
}

// emailMark says whether an address is somebody's own.
func emailMark(local, domain string) Mark {
	base, _, _ := strings.Cut(local, "+")
	switch {
	case nobodysDomain(domain), noReplies[base], strings.HasPrefix(base, "noreply-"), strings.HasPrefix(base, "no-reply-"):
		return Placeholder
	case helpDesks[base] && !freeMail[domain] && providers[domain].domain == "":
		return Shared
	}
	return Ordinary
}
