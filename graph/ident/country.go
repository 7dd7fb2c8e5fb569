package ident

import "golang.org/x/text/language"

// countryOf returns the ISO 3166 two-letter code of a country's code (two or three letters) or English name, or "" when it is not known.
func countryOf(s string) string {
	s = foldLatin(s)
	if c := countryNames[s]; c != "" {
		return c
	}
	if len(s) != 2 && len(s) != 3 || !every(s, func(c byte) bool { return c >= 'a' && c <= 'z' }) {
		return ""
	}
	r, err := language.ParseRegion(s)
	if err != nil || !r.IsCountry() && r.String() != "ZZ" {
		return ""
	}
	return r.Canonicalize().String() // UK is GB
}

// countryNames are the English names of countries, folded, after the Unicode CLDR.
var countryNames = map[string]string{
	"afghanistan": "AF", "aland islands": "AX", "albania": "AL", "algeria": "DZ", "american samoa": "AS", "andorra": "AD", "angola": "AO",
	"anguilla": "AI", "antarctica": "AQ", "antigua and barbuda": "AG", "argentina": "AR", "armenia": "AM", "aruba": "AW", "ascension island": "AC",
	"australia": "AU", "austria": "AT", "azerbaijan": "AZ", "bahamas": "BS", "bahrain": "BH", "bangladesh": "BD", "barbados": "BB", "belarus": "BY",
	"belgium": "BE", "belize": "BZ", "benin": "BJ", "bermuda": "BM", "bhutan": "BT", "bolivia": "BO", "bosnia and herzegovina": "BA", "botswana": "BW",
	"bouvet island": "BV", "brazil": "BR", "british indian ocean territory": "IO", "british virgin islands": "VG", "brunei": "BN", "bulgaria": "BG",
	"burkina faso": "BF", "burundi": "BI", "cambodia": "KH", "cameroon": "CM", "canada": "CA", "canary islands": "IC", "cape verde": "CV",
	"caribbean netherlands": "BQ", "cayman islands": "KY", "central african republic": "CF", "ceuta and melilla": "EA", "chad": "TD", "chile": "CL",
	"china": "CN", "christmas island": "CX", "clipperton island": "CP", "cocos (keeling) islands": "CC", "colombia": "CO", "comoros": "KM",
	"congo - brazzaville": "CG", "congo - kinshasa": "CD", "cook islands": "CK", "costa rica": "CR", "cote d'ivoire": "CI", "croatia": "HR", "cuba": "CU",
	"curacao": "CW", "cyprus": "CY", "czechia": "CZ", "denmark": "DK", "diego garcia": "DG", "djibouti": "DJ", "dominica": "DM",
	"dominican republic": "DO", "ecuador": "EC", "egypt": "EG", "el salvador": "SV", "equatorial guinea": "GQ", "eritrea": "ER", "estonia": "EE",
	"ethiopia": "ET", "falkland islands": "FK", "faroe islands": "FO", "fiji": "FJ", "finland": "FI", "france": "FR", "french guiana": "GF",
	"french polynesia": "PF", "french southern territories": "TF", "gabon": "GA", "gambia": "GM", "georgia": "GE", "germany": "DE", "ghana": "GH",
	"gibraltar": "GI", "greece": "GR", "greenland": "GL", "grenada": "GD", "guadeloupe": "GP", "guam": "GU", "guatemala": "GT", "guernsey": "GG",
	"guinea": "GN", "guinea-bissau": "GW", "guyana": "GY", "haiti": "HT", "heard and mcdonald islands": "HM", "honduras": "HN",
	"hong kong sar china": "HK", "hungary": "HU", "iceland": "IS", "india": "IN", "indonesia": "ID", "iran": "IR", "iraq": "IQ", "ireland": "IE",
	"isle of man": "IM", "israel": "IL", "italy": "IT", "jamaica": "JM", "japan": "JP", "jersey": "JE", "jordan": "JO", "kazakhstan": "KZ", "kenya": "KE",
	"kiribati": "KI", "kosovo": "XK", "kuwait": "KW", "kyrgyzstan": "KG", "laos": "LA", "latvia": "LV", "lebanon": "LB", "lesotho": "LS", "liberia": "LR",
	"libya": "LY", "liechtenstein": "LI", "lithuania": "LT", "luxembourg": "LU", "macau sar china": "MO", "macedonia": "MK", "madagascar": "MG",
	"malawi": "MW", "malaysia": "MY", "maldives": "MV", "mali": "ML", "malta": "MT", "marshall islands": "MH", "martinique": "MQ", "mauritania": "MR",
	"mauritius": "MU", "mayotte": "YT", "mexico": "MX", "micronesia": "FM", "moldova": "MD", "monaco": "MC", "mongolia": "MN", "montenegro": "ME",
	"montserrat": "MS", "morocco": "MA", "mozambique": "MZ", "myanmar (burma)": "MM", "namibia": "NA", "nauru": "NR", "nepal": "NP", "netherlands": "NL",
	"new caledonia": "NC", "new zealand": "NZ", "nicaragua": "NI", "niger": "NE", "nigeria": "NG", "niue": "NU", "norfolk island": "NF",
	"north korea": "KP", "northern mariana islands": "MP", "norway": "NO", "oman": "OM", "pakistan": "PK", "palau": "PW", "palestinian territories": "PS",
	"panama": "PA", "papua new guinea": "PG", "paraguay": "PY", "peru": "PE", "philippines": "PH", "pitcairn islands": "PN", "poland": "PL",
	"portugal": "PT", "puerto rico": "PR", "qatar": "QA", "reunion": "RE", "romania": "RO", "russia": "RU", "rwanda": "RW", "samoa": "WS",
	"san marino": "SM", "sao tome and principe": "ST", "saudi arabia": "SA", "senegal": "SN", "serbia": "RS", "seychelles": "SC", "sierra leone": "SL",
	"singapore": "SG", "sint maarten": "SX", "slovakia": "SK", "slovenia": "SI", "solomon islands": "SB", "somalia": "SO", "south africa": "ZA",
	"south georgia and south sandwich islands": "GS", "south korea": "KR", "south sudan": "SS", "spain": "ES", "sri lanka": "LK", "st. barthelemy": "BL",
	"st. helena": "SH", "st. kitts and nevis": "KN", "st. lucia": "LC", "st. martin": "MF", "st. pierre and miquelon": "PM",
	"st. vincent and grenadines": "VC", "sudan": "SD", "suriname": "SR", "svalbard and jan mayen": "SJ", "swaziland": "SZ", "sweden": "SE",
	"switzerland": "CH", "syria": "SY", "taiwan": "TW", "tajikistan": "TJ", "tanzania": "TZ", "thailand": "TH", "timor-leste": "TL", "togo": "TG",
	"tokelau": "TK", "tonga": "TO", "trinidad and tobago": "TT", "tristan da cunha": "TA", "tunisia": "TN", "turkey": "TR", "turkmenistan": "TM",
	"turks and caicos islands": "TC", "tuvalu": "TV", "u.s. outlying islands": "UM", "u.s. virgin islands": "VI", "uganda": "UG", "ukraine": "UA",
	"united arab emirates": "AE", "united kingdom": "GB", "united states": "US", "uruguay": "UY", "uzbekistan": "UZ", "vanuatu": "VU",
	"vatican city": "VA", "venezuela": "VE", "vietnam": "VN", "wallis and futuna": "WF", "western sahara": "EH", "yemen": "YE", "zambia": "ZM",
	"zimbabwe": "ZW",
	// Names that lists and forms use besides.
	"u.s.": "US", "u.s.a.": "US", "united states of america": "US", "uk": "GB", "great britain": "GB", "england": "GB", "russian federation": "RU", "dprk": "KP", "korea, north": "KP",
	"korea, south": "KR", "republic of korea": "KR", "uae": "AE", "burma": "MM", "hong kong": "HK", "macau": "MO", "ivory coast": "CI", "cote d ivoire": "CI", "czech republic": "CZ",
	"congo, democratic republic of the": "CD", "congo, republic of the": "CG", "cabo verde": "CV", "north macedonia, the republic of": "MK",
	"turkiye": "TR", "the gambia": "GM", "gambia, the": "GM", "the bahamas": "BS", "bahamas, the": "BS", "palestinian": "PS", "palestine": "PS",
	"viet nam": "VN", "holland": "NL", "the netherlands": "NL",
}
