package ident

import (
	"strings"
	"unicode/utf8"
)

// platform is a public service on which one name is one account, the world over.
type platform struct {
	name    string   // as in keys
	aliases []string // other names of the platform, folded
	hosts   []string // without www.
	profile []string // what stands before the name in the path of a profile: "" for /name, "in/" for /in/name
	cased   bool     // names that differ in case only are different accounts
}

// platforms are the public platforms whose profile pages are handles.
var platforms = [...]platform{
	{name: "github", aliases: []string{"gh", "github.com"}, hosts: []string{"github.com"}, profile: []string{""}},
	{name: "gitlab", aliases: []string{"gitlab.com"}, hosts: []string{"gitlab.com"}, profile: []string{""}},
	{name: "bitbucket", hosts: []string{"bitbucket.org"}, profile: []string{""}},
	{name: "linkedin", aliases: []string{"linkedin.com"}, hosts: []string{"linkedin.com"}, profile: []string{"in/", "pub/"}},
	{name: "x", aliases: []string{"twitter", "twitter.com", "x.com"}, hosts: []string{"x.com", "twitter.com", "mobile.twitter.com"}, profile: []string{""}},
	{name: "telegram", aliases: []string{"tg", "t.me"}, hosts: []string{"t.me", "telegram.me"}, profile: []string{""}},
	{name: "facebook", aliases: []string{"fb"}, hosts: []string{"facebook.com", "m.facebook.com", "fb.com"}, profile: []string{""}},
	{name: "instagram", aliases: []string{"ig"}, hosts: []string{"instagram.com"}, profile: []string{""}},
	{name: "upwork", hosts: []string{"upwork.com"}, profile: []string{"freelancers/", "fl/"}},
	{name: "freelancer", aliases: []string{"freelancer.com"}, hosts: []string{"freelancer.com"}, profile: []string{"u/"}},
	{name: "fiverr", hosts: []string{"fiverr.com"}, profile: []string{""}},
	{name: "toptal", hosts: []string{"toptal.com"}, profile: []string{"resume/"}},
	{name: "stackoverflow", aliases: []string{"stack overflow"}, hosts: []string{"stackoverflow.com"}, profile: []string{"users/"}},
	{name: "medium", hosts: []string{"medium.com"}, profile: []string{"@"}},
	{name: "devto", aliases: []string{"dev.to"}, hosts: []string{"dev.to"}, profile: []string{""}},
	{name: "youtube", hosts: []string{"youtube.com"}, profile: []string{"@"}},
	{name: "tiktok", hosts: []string{"tiktok.com"}, profile: []string{"@"}},
	{name: "reddit", hosts: []string{"reddit.com", "old.reddit.com"}, profile: []string{"user/", "u/"}},
	{name: "npm", aliases: []string{"npmjs"}, hosts: []string{"npmjs.com"}, profile: []string{"~"}},
	{name: "kaggle", hosts: []string{"kaggle.com"}, profile: []string{""}},
	{name: "hackerrank", hosts: []string{"hackerrank.com"}, profile: []string{"profile/"}},
	{name: "leetcode", hosts: []string{"leetcode.com"}, profile: []string{"u/"}},
	{name: "behance", hosts: []string{"behance.net"}, profile: []string{""}},
	{name: "dribbble", hosts: []string{"dribbble.com"}, profile: []string{""}},
	{name: "keybase", hosts: []string{"keybase.io"}, profile: []string{""}},
	{name: "codepen", hosts: []string{"codepen.io"}, profile: []string{""}},
	{name: "wellfound", aliases: []string{"angellist"}, hosts: []string{"wellfound.com", "angel.co"}, profile: []string{"u/"}},
	{name: "discord", aliases: []string{"discordapp"}},
	{name: "skype"},
	{name: "slack", cased: true}, // member IDs
}

// platformNames holds the platforms by name and alias, platformHosts by host.
var platformNames, platformHosts = func() (names, hosts map[string]*platform) {
	names, hosts = map[string]*platform{}, map[string]*platform{}
	for i := range platforms {
		p := &platforms[i]
		names[p.name] = p
		for _, a := range p.aliases {
			names[a] = p
		}
		for _, h := range p.hosts {
			hosts[h] = p
		}
	}
	return names, hosts
}()

// pages are the first parts of paths on platforms that are the platform's own pages, not somebody's profile.
var pages = set("about", "login", "signup", "join", "settings", "features", "explore", "topics", "orgs", "organizations", "search", "home", "i", "intent", "share", "hashtag",
	"joinchat", "s", "groups", "pages", "events", "marketplace", "watch", "help", "privacy", "terms", "tos", "legal", "jobs", "careers", "apps", "sponsors", "p", "reel",
	"reels", "stories", "users", "dashboard", "profile.php", "people", "pricing", "contact", "blog", "enterprise", "security", "notifications", "new", "datasets", "competitions",
	"code", "sharer", "sharer.php", "story.php", "photo.php", "permalink.php", "addstickers", "proxy", "addlist", "boost", "c", "tag", "tags", "categories", "support", "api", "docs")

// deletedNames are the names that platforms give to accounts that are gone.
var deletedNames = set("ghost", "deleted", "[deleted]", "deleteduser", "deleted_user", "deleted-user", "facebookuser", "facebook-user", "deletedaccount", "deleted_account",
	"anonymous", "web-flow", "unknown", "none", "n/a", "null", "test", "user", "username", "undefined", "name", "your-username", "yourusername", "me")

// parseHandle reads the name of an account on a platform: "platform:name", a profile page, or a name on the platform given as scope.
func parseHandle(_ Parser, s, scope string) (ID, error) {
	if strings.Contains(s, "/") {
		if id, ok := profileOf(s); ok {
			return id, nil
		}
	}
	if prefix, name, ok := strings.Cut(s, ":"); ok {
		if pf := scopeOf(prefix); pf != "" && pf != "http" && pf != "https" && pf != "live" {
			return handleOn(pf, strings.TrimSpace(name))
		}
	}
	pf := scopeOf(scope)
	if pf == "" {
		return fail(Handle, "has no platform: write platform:name")
	}
	return handleOn(pf, s)
}

// scopeOf returns the platform a scope means, as in keys, or "" when it cannot be one. The tenant of a platform
// of tenants is kept, since names are unique only within it: okta:acme is okta/acme.
func scopeOf(scope string) string {
	scope = fold(strings.TrimSpace(scope))
	if p := platformNames[scope]; p != nil {
		return p.name
	}
	system, tenant := scope, ""
	if i := strings.IndexAny(scope, ":/"); i >= 0 {
		if system, tenant = scope[:i], scope[i:]; scope[i] == '/' && platformHosts[system] != nil {
			return "" // an address on the platform, not a platform
		}
		tenant = "/" + tenant[1:]
	}
	if p := platformNames[system]; p != nil {
		return p.name
	}
	if len(scope) > 128 || !every(system, scopeByte) || !isAlnum(system[0]) || tenant == "/" || tenant != "" && !every(tenant[1:], scopeByte) {
		return ""
	}
	return system + tenant
}

func scopeByte(c byte) bool { return isAlnum(c) || c == '.' || c == '-' || c == '_' }

// handleOn reads a name on a platform (as in keys).
func handleOn(pf, name string) (ID, error) {
	p := platformNames[pf]
	if p == nil || !p.cased {
		name = fold(name)
	}
	if pf != "npm" || strings.Count(name, "/") == 0 {
		name = strings.TrimPrefix(name, "@")
	}
	switch {
	case name == "":
		return fail(Handle, "has no name")
	case utf8.RuneCountInString(name) > 128:
		return fail(Handle, "longer than any platform's names")
	case strings.ContainsAny(name, " \"<>"):
		return fail(Handle, "has a space or another character that names do not have")
	}
	if pf == "facebook" {
		// Facebook ignores points in names.
		if bare := strings.ReplaceAll(name, ".", ""); bare != "" {
			name = bare
		}
	}
	if pf == "github" && !githubLogin(strings.TrimSuffix(name, "[bot]")) {
		return fail(Handle, "not a GitHub login: those have up to 39 letters, digits and hyphens")
	}
	mark := Ordinary
	if deletedNames[name] || noValue(name) != "" || strings.HasSuffix(name, "[bot]") {
		mark = Placeholder
	}
	return makeID(Handle, mark, pf+":"+name)
}

// githubLogin reports whether s can be a login at GitHub. Old ones may end in a hyphen, managed ones have one underscore.
func githubLogin(s string) bool {
	return len(s) <= 39 && every(s, func(c byte) bool { return isAlnum(c) || c == '-' || c == '_' }) && isAlnum(s[0])
}
