// Package okta reads the Okta System Log: what users of one Okta org, that is, of one employer, did there.
//
// # File
//
// Events are JSON objects, in one of these wrappings, told by the first bytes:
//
//	{...}\n{...}\n            one event a line
//	[{...},{...}]             one array, as the API gives it; several one after another are pages of one export
//	{"events":[{...}], ...}   an array under events, logs, records, items, value, data or results, if that is the first key
//	{\n  "actor": ...         events printed over several lines, one after another
//
// An event may lie under a key of its own (log, event, detail), with fields of the SIEM around it, which are ignored.
// Exports that lower-case the keys of the first level (eventtype, debugcontext) are read too.
// Arrays are read element by element and never held whole. In line form a damaged line costs that
// line. In an array an element that is not sound costs that element, as long as its brackets and quotes
// pair up; where they do not, and where the file ends before the array does, reading ends with an error and what came before is kept.
//
// # What is read
//
// The account is "okta:TENANT", or "okta" when the tenant is not given, and the actor's alternateId (the
// login), or its id. Only actors of type User have accounts: what systems and apps do says nothing to link.
// Targets are never taken for the actor: in "an administrator resets somebody's factors" the two are different people.
//
//	actor.alternateId                 email, when it has an @       registered, once for each account and value
//	actor.displayName                 name                          registered, once for each account and value
//	client.ipAddress                  ip                            login, uses or attempt (below)
//	request.ipChain[0].ip             ip, if it is another one      uses or attempt
//	device.id                         device                        uses or attempt
//	debugContext.debugData.deviceFingerprint   device (fp:)         uses or attempt
//	target[], at enrolment            device or phone               mfa
//
// An address is "login" when the event is a sign-in that succeeded. It is "uses" when the event
// takes a session. It is "attempt" when the event failed, or is one that anybody can bring about who knows a login
// name (lock-outs, password resets, threats): such an address may be an attacker's, and must not tie the account to it.
//
// Of request.ipChain only the first hop is read: the others are proxies on the way, which everybody behind them shares. It is never
// "login", since a client can write that header as it likes; Okta itself goes by client.ipAddress.
//
// Factors are read from user.mfa.factor.activate, user.mfa.factor.update, device.enrollment.create and
// device.user.add, when they succeeded and name no other user: targets of type Device by their id, targets with a telephone number by the number. The ids
// of authenticator enrolments are not read: Okta makes a new one for each user. Device ids are made by each org, so the same device has another one elsewhere.
//
// securityContext.isProxy says that an address is an anonymiser's. A label belongs to an account and not to an
// address, so it is not read; a note counts such events. The hash dtHash and the user agent are not read: too many share them.
//
// Times (published) are RFC 3339 with any number of decimals, or with a blank for the T. Without a zone they are UTC.
package okta
