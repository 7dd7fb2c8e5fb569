package simulate

import (
	"math/rand/v2"
	"strings"
)

// moreFirst are further first names. With those of the demo there are about 290; the earlier ones are drawn more often, as in life.
var moreFirst = strings.Fields(`Ada Adele Agnes Albert Alec Alma Alvin Amara Amelia Amos Anders Angus Anita Annika April Ariel Arlo Arnold Asa Ashton August Autumn Barbara
	Basil Bella Bernard Beth Blair Blanche Boris Brenda Brent Bridget Bryce Byron Caleb Calvin Candace Carlo Carmen Cassie Catherine Celia Chad Chester Chloe Christa Clark
	Claude Clement Cole Conrad Cora Curtis Cyrus Dale Damian Dana Dara Darius Dean Delia Dennis Derek Desmond Dominic Doris Douglas Duncan Earl Edgar Eileen Eleanor Eli Ella
	Elmer Elsa Emil Enid Enrique Erik Ernest Estelle Eugene Eunice Evan Faith Faye Flora Floyd Frances Fred Gail Garth Gavin Geneva Gerald Gilbert Giles Ginger Gladys Glenn
	Gloria Gordon Greta Gus Gwen Hal Harriet Harvey Hazel Heath Heidi Henry Herman Hilda Holly Homer Hope Howard Hubert Ida Imogen Inez Ira Iris Irma Irving Ivy Jada Janet
	Jared Jason Jay Jean Jenna Jeremy Jesse Jill Joel Josie Joy Joyce Judith June Justin Kara Karl Kay Keira Kelly Kent Kim Kirk Kristen Kurt Lana Lance Lars Lee Leon
	Lester Lewis Lily Lloyd Lois Lola Loren Lorna Luke Luther Lydia Lyle Mabel Mae Malcolm Marcus Margot Marion Marvin Mason Maud Max Mavis Melvin Merle Milton Minnie Miriam
	Mona Morris Muriel Myra Myron Nell Neil Nigel Nils Noel Norman Odette Olga Opal Orla Oswald Otis Owen Pam Pearl Percy Perry Phoebe Quentin Ralph Ramona Randall Raoul Ray
	Reed Rex Rhoda Rita Roland Ronan Roy Rudy Rufus Rupert Russell Sadie Sally Sandra Saul Scott Seth Shane Sheila Sidney Silas Stella Stuart Sybil Sylvia Tad Tara Ted Thea
	Theo Tina Toby Todd Tracy Trent Trudy Tyler Ursula Valerie Vernon Viola Violet Virgil Vivian Wade Walter Wanda Warren Wayne Wendy Wesley Willa Winifred Wyatt Xavier Yolanda Zelda`)

// nameHeads and nameTails make further last names, each head with each tail.
var (
	nameHeads = strings.Fields(`Ald Ash Bar Beck Birch Bram Brock Burn Cald Carl Chat Clay Cole Cor Crom Dar Den Der Dun East El Fair Fen Gar Glen Gran Green Had Hal Ham Har Hart
		Hay Hazel Hel Hol Hunt Kel Ken Kirk Lan Lang Lin Lock Mal Mar Mel Mil Mor New Nor Oak Old Ormer Pem Pen Pres Rad Ram Red Rock Ros Ruther Sal Sed Shel South Stan Sten
		Sut Tal Thorn Tor Tren Up Wake Wal War Water Wel West Whit Wil Win Wood Wor Wyn`)
	nameTails = strings.Fields(`bank beck berg bourne brook burg burn bury by cliff combe cote croft dale den don ell er field fold ford gate ham hill holm hurst ing land ley ling
		man mead mont more son stead stein stock stone strand strom ton vale wald wall ward water way well wick wood worth`)
)

// bigFirst and bigLast are the lists that scenarios draw from.
var (
	bigFirst = distinct(firstNames, moreFirst)
	bigLast  = distinct(lastNames)
)

// distinct joins lists and leaves out what came before.
func distinct(lists ...[]string) []string {
	seen := map[string]bool{}
	var out []string
	for _, l := range lists {
		for _, s := range l {
			if !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// firstName draws a first name, early ones more often: two in three are of the first half.
func firstName(r *rand.Rand) string {
	x := r.Float64()
	return bigFirst[int(x*(.45+.55*x)*float64(len(bigFirst)))]
}

// lastName draws a last name: four in ten from a short list, others put together. Two people share a full name about once in
// 300,000 pairs, which is the order of what US census lists of names give. [I]
func lastName(r *rand.Rand) string {
	if r.Float64() < .40 {
		return bigLast[r.IntN(len(bigLast))]
	}
	return nameHeads[r.IntN(len(nameHeads))] + nameTails[r.IntN(len(nameTails))]
}

// allStreets are the names of streets, without repeats.
var allStreets = distinct(streetNames, strings.Fields(`Abbey Acorn Alder Amber Anchor Apple Arbor Arrow Autumn Bayberry Beacon Beaver Berry Bishop Blossom Bracken Briar Bridge Brookside
	Buckeye Bunker Butternut Cabin Canal Cardinal Cascade Cedar Chapel Cherry Church Cider Clover Colonial Cottage Cottonwood Cove Coyote Crane Creek Crescent Crest Cypress Dairy Daisy Deer Delta
	Depot Eagle Easton Elder Elkhorn Elm Evergreen Fairway Fawn Fern Field Fisher Flint Forge Fountain Foxtail Gable Glacier Goldfinch Grange Grove Gull Hamlet Harbor Hazel Heather Hemlock Hermit
	Highland Holly Homestead Horizon Huckleberry Hunter Iris Ironwood Ivy Jasmine Jay Junction Kettle Knoll Lagoon Lantern Larch Laurel Lavender Ledge Lilac Lily Locust Lodge Lotus Manor Marigold
	Market Marsh Mill Millstone Mission Mockingbird Monarch Moss Mountain Myrtle Nectar Nettle Nutmeg Oak Oriole Otter Oxbow Pasture Peach Pebble Pheasant Pigeon Pine Plum Pond Primrose Quail
	Rainbow Raven Ridge Robin Rock Rowan Saddle Sandpiper School Shady Shepherd Silver Spring Spruce Station Stone Sunrise Sunset Swan Teal Timber Trout Tulip Turnpike Valley Vine Violet Vista Wagon
	Warbler Water Wheat Wildflower Winding Winter Woodland Wren Yarrow Yew`))
