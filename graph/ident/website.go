package ident

import "strings"

// parseWebsite reads a web address: host and path, without scheme, www., query, fragment and last slash.
// A profile on a public platform is a handle; a platform's bare host is shared by everybody on it.
func parseWebsite(_ Parser, s, _ string) (ID, error) {
	u, fault := splitURL(s)
	if fault != "" {
		return fail(Website, fault)
	}
	if id, ok := u.profile(); ok {
		return id, nil
	}
	mark := Ordinary
	switch {
	case nobodysDomain(u.host):
		mark = Placeholder
	case u.path == "" && (platformHosts[u.host] != nil || sharedHosts[u.host]):
		mark = Shared
	}
	key := u.host + u.port
	if u.path != "" {
		key += "/" + u.path
	}
	return makeID(Website, mark, key)
}

// sharedHosts are hosts, beside those of [platforms], where a bare host says nothing about whose page it is.
var sharedHosts = set("google.com", "drive.google.com", "docs.google.com", "sites.google.com", "bit.ly", "linktr.ee", "github.io", "gist.github.com", "gitlab.io", "wordpress.com",
	"blogspot.com", "wixsite.com", "netlify.app", "vercel.app", "herokuapp.com", "pages.dev", "web.app", "notion.site", "notion.so", "calendly.com", "dropbox.com",
	"youtu.be", "goo.gl", "tinyurl.com", "indeed.com", "glassdoor.com", "monster.com", "ziprecruiter.com", "whatsapp.com", "wa.me", "discord.com", "discord.gg", "slack.com",
	"zoom.us", "meet.google.com", "apple.com", "microsoft.com", "amazon.com", "wikipedia.org", "pastebin.com", "about.me", "guru.com", "peopleperhour.com", "hub.docker.com",
	"play.google.com", "apps.apple.com", "vk.com", "weibo.com", "yahoo.com", "gmail.com")

// webAddress is a web address in parts.
type webAddress struct {
	host  string // ASCII, lower case, without www.
	port  string // ":8080", or "" for the usual one
	path  string // without slashes at its ends
	query string // without "?"
}

// splitURL takes a web address apart, or says what is wrong with it.
func splitURL(s string) (u webAddress, fault string) {
	if strings.ContainsAny(s, " \"<>\\^`{|}") {
		return u, "has a space or another character that web addresses do not have"
	}
	if scheme, rest, ok := strings.Cut(s, "://"); ok && !strings.ContainsAny(scheme, "/?#") {
		if scheme = strings.ToLower(scheme); scheme != "http" && scheme != "https" {
			return u, "its scheme is not http or https"
		}
		s = rest
	}
	s = strings.TrimPrefix(s, "//")
	s, _, _ = strings.Cut(s, "#")
	s, u.query, _ = strings.Cut(s, "?")
	host, path, _ := strings.Cut(s, "/")
	if strings.Contains(host, "@") {
		return u, "has a user name before its host"
	}
	if host, u.port, fault = cutPort(host); fault != "" {
		return u, fault
	}
	if u.host, fault = domainOf(host); fault != "" {
		return u, fault
	}
	for strings.HasPrefix(u.host, "www.") && strings.Count(u.host, ".") > 1 {
		u.host = u.host[len("www."):]
	}
	for strings.Contains(path, "//") {
		path = strings.ReplaceAll(path, "//", "/")
	}
	u.path = strings.Trim(path, "/")
	return u, ""
}

// cutPort cuts the port off a host; the usual ports are left out.
func cutPort(host string) (bare, port, fault string) {
	i := strings.LastIndexByte(host, ':')
	if i < 0 {
		return host, "", ""
	}
	bare, port = host[:i], host[i+1:]
	if port == "" || port == "80" || port == "443" {
		return bare, "", ""
	}
	if !allDigits(port) || len(port) > 5 {
		return "", "", "what follows the colon is not a port"
	}
	return bare, ":" + port, ""
}

// profileOf returns the handle whose profile page s is.
func profileOf(s string) (ID, bool) {
	u, fault := splitURL(s)
	if fault != "" {
		return ID{}, false
	}
	return u.profile()
}

// profile returns the handle whose profile page u is.
func (u webAddress) profile() (ID, bool) {
	if login, ok := strings.CutSuffix(u.host, ".github.io"); ok && !strings.Contains(login, ".") {
		return handleIfValid("github", login) // the pages of an account live under its name
	}
	p := platformHosts[u.host]
	if p == nil {
		// Country sites: uk.linkedin.com, de-de.facebook.com.
		sub, rest, ok := strings.Cut(u.host, ".")
		if p = platformHosts[rest]; !ok || p == nil || len(sub) != 2 && (len(sub) != 5 || sub[2] != '-') {
			return ID{}, false
		}
	}
	if p.name == "facebook" && u.path == "profile.php" {
		for _, arg := range strings.Split(u.query, "&") {
			if id, ok := strings.CutPrefix(arg, "id="); ok && allDigits(id) {
				return handleIfValid("facebook", id)
			}
		}
	}
	for _, prefix := range p.profile {
		rest, ok := trimPrefixFold(u.path, prefix)
		if !ok {
			continue
		}
		name, more, _ := strings.Cut(rest, "/")
		if more != "" && !p.deep() || name == "" || prefix == "" && pages[strings.ToLower(name)] {
			return ID{}, false
		}
		return handleIfValid(p.name, name)
	}
	return ID{}, false
}

// deep reports whether what follows the name in a profile's path still is the profile: users/123/jane, in/jane/de.
func (p *platform) deep() bool { return p.name == "stackoverflow" || p.name == "linkedin" }

// handleIfValid is handleOn for names out of paths. Names in percent-encoding stay web addresses.
func handleIfValid(pf, name string) (ID, bool) {
	if strings.ContainsAny(name, "%+") {
		return ID{}, false
	}
	id, err := handleOn(pf, name)
	return id, err == nil
}
