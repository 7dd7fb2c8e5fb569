// Package ofac reads the list of Specially Designated Nationals (SDN) of the Office of Foreign Assets Control of the US Treasury.
//
// An entry of the list is an account: platform "ofac", named by its number. So the parts of the list, each a file and a source of its own,
// meet in the same account, and need not be joined. What the list knows of an entry is "registered".
//
// # CSV
//
// [CSV] reads the four CSV parts. They have no header; which part a file is follows from its rows:
//
//	SDN           12  ent_num, SDN_Name, SDN_Type, Program, Title, Call_Sign, Vess_type, Tonnage, GRT, Vess_flag, Vess_owner, Remarks
//	ADD            6  ent_num, add_num, Address, City/State/Province/PostalCode, Country, Add_remarks
//	ALT            5  ent_num, alt_num, alt_type (aka, fka, nka), alt_name, alt_remarks
//	SDN_COMMENTS   2  ent_num, text: what of Remarks goes beyond 1,000 characters
//
// One line is one record; no field of the list has a line break in it. Text is quoted. A field that
// is -0- and nothing else is empty; -0- inside a text is text. The last line is the byte 0x1A, the end mark of old
// systems: it is no record, and a note says so when it is missing, since the file may have been cut short. Bytes that are not UTF-8 are read as Windows-1252.
//
// What is read:
//
//	SDN_Name, alt_name  name, as written ("LAST, First" for individuals). Other names have the relation "alias".
//	Program             a tag each; the list writes two of them as DPRK3] [CYBER2
//	Address, City ...   one address, when there is a street: a city alone would be shared by everybody in it
//	Remarks, text       features (below)
//
// Remarks are features parted by semicolons, with a full stop at the end: "Email Address a@b.org; alt. Email Address c@b.org; DOB 1 Jan 1970."
// Read are e-mail and wallet addresses ("Digital Currency Address - XBT ..."), phone numbers, websites, other names
// ("a.k.a. '...'") and the numbers of documents (see [features] in the source). Everything else says nothing to link: dates and
// places of birth, nationality, "Linked To" (a name, not an account), SWIFT codes (a bank's, not an account's).
// Remarks of 1,000 characters are cut, and their rest is in SDN_COMMENTS: the feature that the cut goes through is in
// neither part complete and is not read. A note counts these.
//
// Phone numbers are written with their country code and without a plus; it is added where there are 10 digits or
// more and no leading 0. No number is taken for one of the region that other formats default to.
//
// # XML
//
// [XML] reads the classic sdn.xml: sdnList > publshInformation (so spelt), sdnEntry { uid, firstName, lastName, title, sdnType, remarks,
// programList > program, idList > id { uid, idType, idNumber, idCountry }, akaList > aka { type, category, firstName, lastName },
// addressList > address { address1..3, city, stateOrProvince, postalCode, country } }. A record is one sdnEntry. Its idType says
// what the remarks of the CSV parts say in words. The "advanced" XML (root Sanctions) is another format and is refused.
package ofac
