package table

import (
	"samehand/graph"
	"samehand/graph/ident"
)

// Names of columns, as vendors and people write them, in lower case without anything but letters and digits. To teach
// [Guess] a new name, add it to a list here. Names are tried whole, then without an owner in front (see owners).

// alias says what a column of one of the names holds: the value itself, or a part of one.
type alias struct {
	part     part
	kind     ident.Kind
	relation graph.Relation
	prefix   string // of the value
	names    []string
}

// part says which part of a value a column holds. Parts of one owner are put together.
type part int

const (
	whole part = iota
	routing
	bankAccount
	firstName
	middleName
	lastName
	street
	street2
	street3
	city
	state
	zip
	country
	payProvider
	payAccount
)

// aliases is the list. The first entry with the name counts.
var aliases = []alias{
	{part: routing, kind: ident.Payment, relation: graph.Payout, names: []string{"routing", "routingnumber", "routingno", "aba", "abanumber", "abarouting", "abaroutingnumber", "routingtransitnumber", "rtn", "bankrouting", "bankroutingnumber", "rdfi"}},
	{part: bankAccount, kind: ident.Payment, relation: graph.Payout, names: []string{"accountnumber", "bankaccountnumber", "bankaccount", "accountno", "acctnumber", "acctno", "acctnum", "depositaccount", "directdepositaccount", "dfiaccountnumber", "hiddenaccountnumber"}},
	{part: firstName, kind: ident.Name, relation: graph.Registered, names: []string{"firstname", "first", "fname", "givenname", "forename", "legalfirstname"}},
	{part: middleName, kind: ident.Name, relation: graph.Registered, names: []string{"middlename", "middle", "middleinitial", "mi", "legalmiddlename"}},
	{part: lastName, kind: ident.Name, relation: graph.Registered, names: []string{"lastname", "last", "lname", "surname", "familyname", "legallastname"}},
	{part: street, kind: ident.Address, relation: graph.Registered, names: []string{"street", "street1", "streetaddress", "streetline1", "address1", "addressline1", "address1line", "addressstreet1", "addressstreet", "line1", "addr1"}},
	{part: street2, kind: ident.Address, relation: graph.Registered, names: []string{"street2", "streetline2", "address2", "addressline2", "addressstreet2", "line2", "addr2", "apt", "apartment", "unit", "suite"}},
	{part: street3, kind: ident.Address, relation: graph.Registered, names: []string{"street3", "address3", "addressline3", "line3", "addr3"}},
	{part: city, kind: ident.Address, relation: graph.Registered, names: []string{"city", "town", "addresscity", "locality"}},
	{part: state, kind: ident.Address, relation: graph.Registered, names: []string{"state", "province", "region", "stateprovince", "addressstate", "statecode"}},
	{part: zip, kind: ident.Address, relation: graph.Registered, names: []string{"zip", "zipcode", "postalcode", "postcode", "addresszip", "addresspostalcode", "zippostalcode"}},
	{part: country, kind: ident.Address, relation: graph.Registered, names: []string{"country", "countrycode", "addresscountry"}},

	{kind: ident.Email, relation: graph.Registered, names: []string{"email", "emailaddress", "mail", "emails", "emailaddresses", "useremail", "upn", "userprincipalname", "alternateid", "login", "emailid"}},
	{kind: ident.Phone, relation: graph.Registered, names: []string{"phone", "phonenumber", "phonenumbers", "phones", "mobile", "mobilephone", "mobilenumber", "cell", "cellphone", "telephone", "tel", "homephone", "workphone", "msisdn", "whatsapp"}},
	{kind: ident.IP, relation: graph.Login, names: []string{"ip", "ipaddress", "ipaddr", "clientip", "sourceip", "srcip", "remoteip", "lastip", "lastreportedip", "lastipaddress", "loginip", "lastloginip", "publicip", "wanip"}},
	{kind: ident.IP, relation: graph.Registered, names: []string{"signupip", "registrationip", "regip", "createdip", "applicationip"}},
	{part: payProvider, kind: ident.Payment, relation: graph.Payout, names: []string{"payoutmethod", "payoutprovider", "paymentmethod", "paymentprovider", "payoutmethodtype", "payouttype", "method", "provider"}},
	{part: payAccount, kind: ident.Payment, relation: graph.Payout, names: []string{"payoutaccount", "payoutdestination", "payoutaddress", "payoutmethodaccount", "paymentaccount", "paymentdestination", "destination", "payouttoken", "payeeaccount"}},
	{kind: ident.Payment, relation: graph.Payout, names: []string{"iban", "wallet", "walletaddress", "cryptoaddress", "cryptowallet", "btcaddress", "ethaddress", "usdtaddress", "depositaddress"}},
	{kind: ident.Payment, relation: graph.Payout, prefix: "paypal:", names: []string{"paypal", "paypalemail", "paypalaccount", "paypaladdress"}},
	{kind: ident.Payment, relation: graph.Payout, prefix: "payoneer:", names: []string{"payoneer", "payoneeremail", "payoneerid", "payoneeraccount"}},
	{kind: ident.Payment, relation: graph.Payout, prefix: "wise:", names: []string{"wise", "wiseemail", "wiseaccount", "transferwise"}},
	{kind: ident.Payment, relation: graph.Payout, prefix: "cashapp:", names: []string{"cashapp", "cashtag"}},
	{kind: ident.Payment, relation: graph.Payout, prefix: "venmo:", names: []string{"venmo", "venmohandle"}},
	{kind: ident.Device, relation: graph.Uses, prefix: "serial:", names: []string{"serial", "serialnumber", "serialno", "deviceserial", "deviceserialnumber", "hardwareserial", "hardwareserialnumber", "laptopserial", "assetserial"}},
	{kind: ident.Device, relation: graph.Uses, prefix: "mac:", names: []string{"mac", "macaddress", "wifimac", "wifimacaddress", "ethernetmac", "ethernetmacaddress", "wlanmac", "bluetoothmac", "altmacaddress"}},
	{kind: ident.Device, relation: graph.Uses, prefix: "imei:", names: []string{"imei", "meid", "imei1", "imei2"}},
	{kind: ident.Device, relation: graph.Uses, prefix: "fp:", names: []string{"fingerprint", "devicefingerprint", "devicefp", "browserfingerprint", "devicehash"}},
	{kind: ident.Device, relation: graph.Uses, names: []string{"deviceid", "udid", "hardwareid", "machineid", "deviceuuid", "azureaddeviceid", "installid", "visitorid"}},
	{kind: ident.Name, relation: graph.Registered, names: []string{"name", "fullname", "displayname", "legalname", "userdisplayname", "realname", "individualname"}},
	{kind: ident.Name, relation: graph.Payout, names: []string{"accountholder", "accountholdername", "nameonaccount", "beneficiaryname", "payeename"}},
	{kind: ident.Address, relation: graph.Registered, names: []string{"address", "addresses", "fulladdress", "postaladdress", "homeaddress", "mailingaddress"}},
	{kind: ident.Document, relation: graph.Registered, names: []string{"cvhash", "resumehash", "cvsha256", "resumesha256", "sha256", "filehash", "dochash", "documenthash", "kycdochash", "kychash", "photohash", "phash", "simhash", "attachmenthash"}},
	{kind: ident.Document, relation: graph.Registered, prefix: "ssn ", names: []string{"ssn", "socialsecuritynumber", "socialsecurity"}},
	{kind: ident.Website, relation: graph.Registered, names: []string{"website", "websites", "websiteaddresses", "socialmediaaddresses", "url", "portfolio", "portfoliourl", "homepage", "profileurl", "linkedin", "linkedinurl", "linkedinprofile", "githuburl", "personalwebsite"}},
	{kind: ident.Handle, relation: graph.Registered, prefix: "github:", names: []string{"github", "githubusername", "githublogin", "githubhandle"}},
	{kind: ident.Handle, relation: graph.Registered, prefix: "telegram:", names: []string{"telegram", "telegramusername", "telegramhandle"}},
	{kind: ident.Handle, relation: graph.Registered, prefix: "skype:", names: []string{"skype", "skypeid", "skypename"}},
	{kind: ident.Handle, relation: graph.Registered, prefix: "discord:", names: []string{"discord", "discordusername"}},
	{kind: ident.Handle, relation: graph.Registered, prefix: "x:", names: []string{"twitter", "twitterhandle", "xhandle"}},
	{kind: ident.Handle, relation: graph.Registered, names: []string{"handle", "nickname", "screenname"}},
	{kind: ident.Employer, relation: graph.EmployedBy, names: []string{"employer", "company", "companyname", "employername", "client", "clientname", "currentcompany"}},
}

// owner is a word in front of a name that says whose it is or what it is for.
type owner struct {
	word     string
	relation graph.Relation // "" keeps the relation of the alias
	other    string         // not empty: the column is somebody else's, and is not read
}

// owners, longer words before shorter ones that they begin with.
var owners = []owner{
	{word: "emergencycontact", other: "an emergency contact is somebody else"}, {word: "emergency", other: "an emergency contact is somebody else"},
	{word: "manager", other: "the manager is somebody else"}, {word: "supervisor", other: "the supervisor is somebody else"},
	{word: "spouse", other: "the spouse is somebody else"}, {word: "dependent", other: "a dependent is somebody else"},
	{word: "company", other: "the company's, not the person's"}, {word: "bankaddress", other: "the bank's, not the person's"},
	{word: "shipfrom", other: "the sender's, not the account's"}, {word: "returnto", other: "the sender's, not the account's"}, {word: "sender", other: "the sender's, not the account's"},
	{word: "shipto", relation: graph.ShipTo}, {word: "to", relation: graph.ShipTo}, {word: "shipping", relation: graph.ShipTo}, {word: "delivery", relation: graph.ShipTo}, {word: "recipient", relation: graph.ShipTo},
	{word: "recovery", relation: graph.Recovery}, {word: "backup", relation: graph.Recovery}, {word: "mfa", relation: graph.MFA},
	{word: "referee", relation: graph.Referee}, {word: "reference", relation: graph.Referee},
	{word: "recruiter", relation: graph.Recruiter}, {word: "coordinator", relation: graph.Recruiter}, {word: "creditedto", relation: graph.Recruiter},
	{word: "payout", relation: graph.Payout}, {word: "payee", relation: graph.Payout}, {word: "lastlogin", relation: graph.Login}, {word: "login", relation: graph.Login},
	{word: "homeaddress"}, {word: "mailingaddress"}, {word: "home"}, {word: "mailing"}, {word: "residential"}, {word: "current"}, {word: "permanent"}, {word: "employee"},
	{word: "candidate"}, {word: "applicant"}, {word: "customer"}, {word: "personal"}, {word: "primary"}, {word: "secondary"}, {word: "alternate"}, {word: "contact"},
	{word: "freelancer"}, {word: "contractor"}, {word: "worker"}, {word: "work"}, {word: "billing"}, {word: "bank"}, {word: "person"}, {word: "user"}, {word: "profile"}, {word: "device"}, {word: "signup"},
}

// firstNames and lastNames name columns that say when an account was first and last seen, best first.
var (
	firstNames = []string{"firstseen", "startdate", "hiredate", "datehired", "hired", "hiredat", "hiredon", "joiningdate", "joined", "joinedat", "enrolleddatetime", "enrolledat", "enrollmentdate", "appliedat", "applicationdate", "dateapplied",
		"shipdate", "shipped", "shippedat", "addedat", "createdat", "created", "createddate", "createdate", "registeredat", "signupdate", "signedupat", "submittedat", "paymentdate", "paydate", "paidat", "effectivedate", "timestamp", "eventtime", "datetime", "date", "time", "ts"}
	lastNames = []string{"lastseen", "lastsyncdatetime", "lastsync", "lastcheckin", "lastlogin", "lastloginat", "lastactive", "lastactivity", "lastpaid", "lastpaidat", "enddate", "terminationdate", "dateterminated", "updatedat", "modifiedat"}
)

// skipNames name columns that are true in rows that say nothing.
var skipNames = []string{"voided", "void", "isvoided", "isreturnlabel", "returnlabel", "isreturn", "deleted", "isdeleted", "istest", "test", "cancelled", "canceled", "iscancelled"}

// trueWords are what such a column holds in such a row; falseWords in others.
var (
	trueWords  = []string{"true", "1", "yes", "y"}
	falseWords = []string{"false", "0", "no", "n", ""}
)

// dullNames name columns that are known to hold nothing to link by.
var dullNames = []string{"gender", "sex", "race", "ethnicity", "nationality", "citizenship", "salary", "payrate", "hourlyrate", "rate", "amount", "currency", "balance", "splitby", "splitamount", "department",
	"title", "jobtitle", "position", "role", "team", "manager", "location", "bankname", "bank", "accounttype", "accountname", "type", "status", "carriercode", "servicecode", "trackingnumber", "weight",
	"residential", "addressverified", "model", "manufacturer", "operatingsystem", "osversion", "os", "browser", "useragent", "device", "devicename", "compliancestate", "description", "notes", "note",
	"quantity", "sku", "age", "birthdate", "dateofbirth", "dob", "maritalstatus", "source", "stage", "score", "rating", "label"}

// domain is a sort of export, told by its columns.
type domain struct {
	platform string   // for the accounts
	about    string   // for the comment
	marks    []string // columns that speak for it
	accounts []string // columns that may name the account, best first
}

// domains, in the order that decides when two have as many marks.
var domains = []domain{
	{"payroll", "a payroll export", []string{"routingnumber", "accountnumber", "routing", "bankaccountnumber", "payrate", "salary", "accounttype", "splitby", "paydate", "employeeid", "directdepositaccount"},
		[]string{"employeeid", "employeenumber", "workerid", "personexternalid", "externalid", "associateid", "payrollid", "individualid", "id", "workemail", "email"}},
	{"shipping", "a list of shipments", []string{"shipdate", "trackingnumber", "carriercode", "servicecode", "shipmentid", "ordernumber", "orderid", "orderkey", "voided", "shiptoname", "shiptostreet1", "shiptocity", "shiptopostalcode"},
		[]string{"customeremail", "customerid", "customerusername", "employeeid", "ordernumber", "orderkey", "orderid", "shipmentid", "id"}},
	{"mdm", "a list of managed devices", []string{"serialnumber", "imei", "wifimacaddress", "ethernetmacaddress", "enrolleddatetime", "lastsyncdatetime", "devicename", "compliancestate", "userprincipalname", "manufacturer", "model", "operatingsystem"},
		[]string{"userprincipalname", "emailaddress", "useremail", "assigneduser", "username", "userid", "email", "deviceid", "id", "serialnumber"}},
	{"ats", "a list of applicants", []string{"candidateid", "applicantid", "applicationid", "appliedat", "applieddate", "dateapplied", "cvhash", "resumehash", "resume", "linkedin", "linkedinurl", "jobtitle", "recruiteremail", "stage"},
		[]string{"candidateid", "applicantid", "applicationid", "candidate", "applicant", "id", "email", "emailaddress", "candidateemail"}},
	{"freelance", "a list of freelancers or their payouts", []string{"freelancerid", "freelancer", "payoutid", "payoutmethod", "payoutaccount", "contractid", "hourlyrate", "paypalemail", "payoneeremail", "walletaddress", "addedat", "contractorid"},
		[]string{"freelancerid", "contractorid", "accountid", "userid", "username", "freelancer", "id", "email"}},
	{"hr", "a list of employees", []string{"employeeid", "employeenumber", "hiredate", "startdate", "terminationdate", "department", "manager", "jobtitle", "workemail"},
		[]string{"employeeid", "employeenumber", "workerid", "staffid", "externalid", "id", "workemail", "email"}},
}

// anyAccounts may name the account in any export, best first.
var anyAccounts = []string{"accountid", "account", "userid", "uid", "username", "login", "userprincipalname", "memberid", "customerid", "personid", "profileid", "id", "nodeid", "email", "emailaddress", "recordid", "uniqueid"}
