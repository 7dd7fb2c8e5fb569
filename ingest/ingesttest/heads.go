package ingesttest

// Head is the beginning of a file of some format, or of none that is read.
type Head struct {
	Format string // the name of the format that must match it; "" for none
	Name   string // a file name
	Head   string
}

// Heads returns the beginnings of files that formats must tell apart. A new format adds its own here.
func Heads() []Head {
	return []Head{
		{"observations", "observations.csv", "platform,account,kind,value,relation,first_seen,last_seen,count\nokta:acme,u1,email,ana@corp.example,login,2024-05-01T00:00:00Z,,1\n"},
		{"observations", "observations.jsonl", `{"platform":"okta:acme","account":"u1","kind":"email","value":"ana@corp.example"}` + "\n"},
		{"okta", "okta.json", `[{"actor":{"id":"00u1","type":"User","alternateId":"ana@corp.example","displayName":"Ana"},"client":{"userAgent":{"rawUserAgent":"x"},"ipAddress":"192.0.2.1"},"eventType":"user.session.start","published":"2024-05-01T10:00:00.000Z","uuid":"11111111-1111-1111-1111-111111111111","version":"0","outcome":{"result":"SUCCESS"}}]`},
		{"ofac-sdn-xml", "sdn.xml", `<?xml version="1.0" standalone="yes"?>` + "\n" + `<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML"><publshInformation><Publish_Date>05/01/2024</Publish_Date></publshInformation>`},
		{"", "empty.csv", ""},
		{"", "blank.txt", "\n\n\n"},
		{"", "notes.txt", "Dear all,\nplease find attached the list.\n"},
		{"", "employees.csv", "employee_id,first_name,last_name,email,bank_account\nE-1,Ana,Silva,ana@corp.example,000123456\n"},
		{"", "prices.csv", "sku;price;value;kind\n1;2;3;4\n"},
		{"", "log.jsonl", `{"level":"info","msg":"started","account":"x"}` + "\n"},
		{"", "array.json", `[{"id":1},{"id":2}]`},
		{"", "document.json", "{\n  \"value\": [\n    {\n      \"id\": 1\n    }\n  ]\n}\n"},
		{"", "page.html", "<!DOCTYPE html><html><head><title>x</title></head></html>"},
		{"", "feed.xml", `<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>`},
		{"", "image.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"},
		{"", "zip.zip", "PK\x03\x04\x14\x00\x00\x00\x08\x00readme.txt"},
		{"", "noise.bin", "\x01\x02\x03\xfe\xff\x00\x10\x80"},
	}
}
