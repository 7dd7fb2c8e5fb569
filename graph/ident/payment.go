package ident

import "strings"

// parsePayment reads a payment destination. In this order:
//
//	paypal:mail@host, cashapp:$tag, upi:name@bank   an account with a payment provider, keyed provider:name
//	021000021:12345678                              a US routing number and account, joined by : / or a space
//	021000021                                       a routing number alone: Shared
//	DE89 3704 0044 0532 0130 00                     an IBAN
//	0x..., 1..., bc1..., T..., 4...                 a wallet, keyed by its address and not by its asset
//	****1234                                        an account number of which a part is hidden: Masked
//	acct:12345678                                   an account number without its bank; Masked below eight digits
//
// An asset before a wallet (ETH 0x..., XBT: 1...) is cut off. Numbers that fail their check are errors.
func parsePayment(p Parser, s, scope string) (ID, error) {
	if name, value, ok := providerOf(s, scope); ok {
		return parseProvider(p, name, value)
	}
	if routing, account, ok := splitACH(s); ok {
		return parseACH(routing, account)
	}
	for _, prefix := range [...]string{"iban:", "iban "} {
		if rest, ok := trimPrefixFold(s, prefix); ok {
			compact, ok := alnumUpper(rest, " -.")
			if !ok {
				return fail(Payment, "the IBAN holds something else than letters and digits")
			}
			return parseIBAN(compact)
		}
	}
	if compact, ok := alnumUpper(s, " -"); ok && ibanShape(compact) {
		id, err := parseIBAN(compact)
		if err == nil || strings.Contains(s, " ") {
			return id, err
		}
		if w, werr := parseWallet(s); werr == nil {
			return w, nil // letters and digits of a wallet may begin like an IBAN
		}
		return id, err
	}
	if m, ok := maskedNumber(s); ok {
		return makeID(Payment, Masked, m)
	}
	if id, err, ok := parseAccount(s); ok {
		return id, err
	}
	return parseWallet(s)
}

// splitACH splits "routing:account", "routing/account", "routing account", "ABA routing ACCT account" and a routing number alone.
func splitACH(s string) (routing, account string, ok bool) {
	labelled := false
	for _, label := range [...]string{"aba:", "aba ", "routing number ", "routing:", "routing ", "rtn:", "rtn ", "ach:"} {
		if rest, cut := trimPrefixFold(s, label); cut {
			s, labelled = strings.TrimSpace(rest), true
			break
		}
	}
	if len(s) < 9 || !allDigits(s[:9]) {
		return "", "", false
	}
	routing, rest := s[:9], s[9:]
	if rest == "" {
		return routing, "", labelled || routingValid(routing)
	}
	if strings.IndexByte(":/ -,", rest[0]) < 0 {
		return "", "", false
	}
	rest = strings.TrimLeft(rest, ":/ -,")
	for _, label := range [...]string{"account number ", "account:", "account ", "acct:", "acct ", "acct. "} {
		if r, cut := trimPrefixFold(rest, label); cut {
			rest = strings.TrimSpace(r)
			break
		}
	}
	return routing, rest, rest != ""
}

// parseAccount reads an account number without its bank. Two banks can give the same one, and short ones surely
// do: below eight digits it is Masked, that is, weak. Bare digits need no acct: before them.
func parseAccount(s string) (ID, error, bool) {
	labelled := false
	for _, label := range [...]string{"acct:", "acct ", "account:", "account number ", "account ", "acc:"} {
		if rest, ok := trimPrefixFold(s, label); ok {
			s, labelled = strings.TrimSpace(rest), true
			break
		}
	}
	if m, ok := maskedNumber(s); ok && labelled {
		id, err := makeID(Payment, Masked, m)
		return id, err, true
	}
	number, ok := alnumUpper(s, " -./")
	if !labelled && (!ok || !allDigits(number)) {
		return ID{}, nil, false
	}
	mark := Ordinary
	switch {
	case !ok || !strings.ContainsAny(number, "0123456789") || len(number) > 34:
		id, err := fail(Payment, "the account number is not one: up to 34 letters and digits")
		return id, err, true
	case sameChar(number):
		mark = Placeholder
	case len(digitsOf(number)) < 8:
		mark = Masked
	}
	id, err := makeID(Payment, mark, "acct:"+number)
	return id, err, true
}

// payProviders are payment providers under all their names, and how each names an account.
var payProviders = map[string]string{
	"paypal": "paypal", "payoneer": "payoneer", "wise": "wise", "transferwise": "wise", "cashapp": "cashapp", "cash app": "cashapp", "venmo": "venmo", "zelle": "zelle",
	"upi": "upi", "revolut": "revolut", "skrill": "skrill", "neteller": "neteller", "stripe": "stripe", "alipay": "alipay", "wechatpay": "wechatpay", "wechat pay": "wechatpay",
	"webmoney": "webmoney", "qiwi": "qiwi", "yoomoney": "yoomoney", "mpesa": "mpesa", "m-pesa": "mpesa", "gcash": "gcash", "paytm": "paytm", "pix": "pix",
	"remitly": "remitly", "xoom": "xoom", "westernunion": "westernunion", "western union": "westernunion", "moneygram": "moneygram", "googlepay": "googlepay", "applepay": "applepay",
	"binance": "binance", "coinbase": "coinbase", "kraken": "kraken", "deel": "deel", "airtm": "airtm", "chime": "chime", "monzo": "monzo", "n26": "n26", "interac": "interac",
}

// providerOf returns the provider that s names ("paypal:...") or that scope is, and what stands for the account there.
func providerOf(s, scope string) (name, value string, ok bool) {
	if head, rest, cut := strings.Cut(s, ":"); cut {
		if name = payProviders[strings.ToLower(strings.TrimSpace(head))]; name != "" {
			return name, strings.TrimSpace(rest), true
		}
	}
	if head, rest, cut := strings.Cut(s, " "); cut {
		if name = payProviders[strings.ToLower(head)]; name != "" {
			return name, strings.TrimSpace(rest), true
		}
	}
	if strings.IndexByte(s, '@') < 0 && strings.IndexByte(s, '$') < 0 {
		return "", "", false
	}
	system, _, _ := strings.Cut(strings.ToLower(scope), ":")
	name = payProviders[system]
	return name, s, name != ""
}

// parseProvider reads an account with a payment provider: an e-mail address and a phone number as such, any other name in lower case without its $ or @.
func parseProvider(p Parser, name, value string) (ID, error) {
	mark := Ordinary
	bare := strings.TrimLeft(value, "$@")
	switch {
	case bare == "" || noValue(bare) != "":
		return makeID(Payment, Placeholder, name+":"+orDash(noValue(bare)))
	case fakeNumber(bare) != "":
		bare, mark = fakeNumber(bare), Placeholder
	case name != "upi" && strings.Contains(bare, "@"):
		id, err := parseEmail(p, bare, "")
		if err != nil || id.kind != Email {
			return fail(Payment, "the provider's account is not a valid e-mail address")
		}
		bare, mark = id.key, id.mark
	case every(bare, phoneByte) && (name == "zelle" || bare[0] == '+'):
		id, err := parsePhone(p, bare, "")
		if err != nil {
			return fail(Payment, "the provider's account is not a valid phone number")
		}
		bare, mark = id.key, id.mark
	case strings.Contains(bare, " "):
		return fail(Payment, "the provider's account has a space in it")
	case name == "stripe": // acct_1A2b3C: case matters
	default:
		bare = fold(bare)
	}
	return makeID(Payment, mark, name+":"+bare)
}

// orDash returns s, or "-" when it is empty.
func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
