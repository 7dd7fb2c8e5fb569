package simulate

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// firstNames and lastNames are ordinary names; any first goes with any last. Nothing is to be read out of them.
var (
	firstNames = strings.Fields(`Aaron Abigail Adrian Aisha Alan Alice Amir Andrea Angela Anton Arthur Audrey Beatriz Benjamin Bianca Brian Bruno Camila Carla Caroline
		Cedric Chen Clara Colin Daniel Daria David Deepa Diana Dmitri Dylan Edith Elena Elias Emily Emma Eric Esther Ethan Eva Fatima Felix Fiona Frank Gabriel Gemma
		George Grace Hana Hannah Harold Helen Hugo Ian Ingrid Irene Isaac Ivan Jack Jacob James Jane Jasmine Jin Joan Jonas Joseph Julia Karen Karim Kate Keith Kenji
		Kofi Laura Leah Leo Lina Louis Lucia Lukas Maria Mark Marta Martin Maya Mei Michael Mila Min Mira Nadia Naomi Nathan Nina Noah Nora Oliver Olivia Omar Oscar
		Patrick Paul Peter Philip Priya Rachel Ravi Rebecca Robert Rosa Ruth Samuel Sara Sean Selma Simon Sofia Sunil Teresa Thomas Tomas Uma Vera Victor Wei Yara Yusuf Zoe`)
	lastNames = strings.Fields(`Abbott Adler Alvarez Amato Andersen Archer Bailey Baker Banerjee Barlow Becker Bennett Berg Bishop Black Bowen Brandt Brooks Byrne Campbell Carver
		Castro Chan Clarke Cohen Collins Cooper Costa Crane Cruz Dalton Davies Delgado Desai Dixon Doyle Duarte Duncan Eaton Ellis Eriksen Evans Farrell Ferrari Fischer
		Fletcher Flores Foster Fox Garcia Gibson Gill Goldberg Gomez Graham Grant Gupta Hale Hansen Harper Hassan Hayes Hoffman Holt Howard Hughes Ibrahim Iyer Jansen
		Jensen Jordan Kang Kaplan Keller Khan Kim Klein Kovacs Kumar Lambert Larsen Lee Levy Lind Lopez Lowe Mackay Malik Marsh Mason Mendez Meyer Miller Molina Morgan
		Moreau Morris Nakamura Nash Nelson Nguyen Nolan Novak Ortiz Osei Park Parker Patel Pearce Pereira Petrov Porter Quinn Ramos Reed Reyes Rivera Rossi Rowe Russo
		Sanders Santos Sato Schmidt Shah Shaw Silva Singh Sloan Sousa Stein Stone Suarez Tan Taylor Torres Turner Ueda Vance Vargas Vogel Wagner Walsh Ward Weber West
		Wolf Wong Yates Young Zhang Zimmer`)
)

// mailDomains are invented providers of mailboxes; the first ones are the large ones.
var mailDomains = []string{"mailbox-larch.net", "mailbox-larch.net", "mailbox-larch.net", "mailbox-larch.net", "quillpost.net", "quillpost.net", "fernmail.org", "pier9mail.com"}

// mailbox draws an address as people choose them.
func mailbox(r *rand.Rand, first, last string) string {
	first, last = strings.ToLower(first), strings.ToLower(last)
	domain := pick(r, mailDomains)
	switch r.IntN(5) {
	case 0:
		return first + "." + last + "@" + domain
	case 1:
		return fmt.Sprintf("%s%s%02d@%s", first, last, r.IntN(100), domain)
	case 2:
		return fmt.Sprintf("%c%s%d@%s", first[0], last, 1960+r.IntN(45), domain)
	case 3:
		return fmt.Sprintf("%s_%s%d@%s", last, first, r.IntN(10), domain)
	}
	return fmt.Sprintf("%s.%s.%02d%02d@%s", first, last, 1+r.IntN(12), 1+r.IntN(28), domain)
}
