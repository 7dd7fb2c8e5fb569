package simulate

// The shares and sizes of what scenarios draw. [S] is a published source, [D] was counted in published material, [I] is our
// inference: an order of magnitude, to be corrected by whoever knows better.
const (
	daysSeen = 364 // days that sign-ins are known of; a year holds successions, moves and batches [I]

	// People and homes.
	shareCohabit    = .04 // of people live with another one in the data: households of two or more workers (US Census) [S]
	shareThree      = .22 // of households have more than two, a third of these four (Census size 2/3/4+ .78/.15/.07) [S]
	shareSurname    = .75 // of households have one surname [I]
	shareJoint      = .60 // of couples share an account (Census SIPP 2023: .77 of the married share one, .40 all) [S]
	shareFamilyPlan = .35 // of households give one number [I]
	shareBuilding   = .30 // of homes are in houses of many units (ACS: about 3 in 10) [I]
	shareNoUnit     = .12 // of these leave the unit out [I]
	shareMoves      = .08 // of people move in a year (Census: 8 to 9 %) [S]
	shareMovesIn    = .35 // of movers move into a home that another one in the data left [I]
	shareGuest      = .03 // of people are seen on a friend's line [I]

	shareElsewhereFlat = .15 // of flat-mates are registered elsewhere: with their parents, at an older address [I]
	shareElsewhereHome = .05 // of those in households are [I]

	// Lines.
	shareStatic   = .60 // of home lines keep their address (RIPE Atlas, IMC 2016) [S]
	shareWeeks    = .25 // change it every few weeks; the rest every day, of which some windows are shown [S]
	shareReleased = .30 // of new leases are addresses that a stranger had [I]
	shareV6       = .06 // of home lines are IPv6, with new lower halves [I]
	shareCarrier  = .20 // of people sign in over a mobile carrier at times (NAT: hundreds to thousands of users, Cloudflare 2025) [S]
	shareVPN      = .12 // of people use a VPN at times [I]
	shareCowork   = .015
	shareCampus   = .02
	shareCafe     = .03 // cafe, hotel, airport
	shareHybrid   = .35 // of people whose employer has an office sit there at times [I]

	// Work.
	shareSignins     = .80 // of employers export sign-ins [I]
	shareMasked      = .20 // of employers export masked account numbers [I]
	shareOffice      = .50 // of employers have an office line [I]
	sharePayroll     = .70 // of jobs are in a payroll export [I]
	shareApplied     = .22 // of jobs have an applicant's file [I]
	shareElsewhere   = .05 // of people have applied at another employer, too [I]
	shareJobChange   = .12 // of people change the employer in the year [I]
	shareTwoJobs     = .015
	shareAgency      = .06 // of people are paid by one of the agencies [I]
	shareGigs        = .06 // of people sell work on a marketplace [I]
	shareParcel      = .35 // of jobs have a laptop sent out that is in the data [I]
	shareMailbox     = .008
	shareReassigned  = .06 // of laptops had a user before, in a year [I]
	sharePhoneReused = .02 // of numbers were a stranger's before [I]
	shareNewBank     = .05 // of people have another account in the year [I]
	sharePaidCrypto  = .004
	shareFintech     = .12 // of accounts are at a fintech's sponsor bank, whose routing number all its customers have [I]

	// Files.
	shareTemplate  = .15 // of CVs are a template's file as it came [I]
	shareReferee   = .30 // of files name a referee; one in eight a referee of many [I]
	shareHandle    = .25
	shareMissing   = .15 // of fields of a profile are empty [I]
	shareOdd       = .03 // of fields are filled with anything [I]
	shareCase      = .10 // of mail addresses are written in capitals [I]
	shareDialled   = .30 // of numbers are written in another way [I]
	sharePrint     = .30 // of accounts are seen with the fingerprint of a browser that somebody uses for everything [I]
	shareSlipPlace = .03 // of addresses have a slip [I]
	shareSlipName  = .015
	shareTwice     = .01 // of rows come twice [I]

	// Rings. Reuse of a value by two or more personas, and by how many, was counted in 91 published persona entries. [D]
	reuseBank    = .35
	reuseWallet  = .15
	reusePhone   = .10
	reuseMail    = .08
	reusePrint   = .10
	reuseMFA     = .25
	reuseDoor    = .90
	reuseLine    = .85
	reuseCV      = .50
	reusePhoto   = .10
	reuseReferee = .40
	reuseTwo     = .70 // of reused values tie two, .22 three, .08 four
	reuseThree   = .22

	shareDedicated     = .30 // of personas have device, account and number of their own (US advisory, May 2022) [S]
	shareNoLaptop      = .15 // of personas work on a remote desktop or a machine of their own [S]
	shareReshipped     = .35 // of laptops leave the farm after 2 to 8 weeks (49 of about 140) [D]
	shareFarmHome      = .20 // of personas register the farm's address as their home [I]
	shareStolenHome    = .50 // register the victim's; the others one that is nobody's [I]
	shareVictim        = .35 // of the owners of stolen names are in the data themselves [I]
	shareDocument      = .35 // of all identities come with a document number in the data [I]
	shareNewBankSoon   = .25 // of personas change the account within 30 days of the hire (Microsoft 2025; rate [I])
	shareSuccession    = .40 // of personas whose last job ends early are followed by another within 45 days [S]
	shareHostWorks     = .70 // of hosts have accounts of their own in the data [I]
	shareBystander     = .50 // of farms have somebody living there who is no part of it [I]
	shareBusyBystander = .25 // of these have two jobs at once: whoever lets rooms to a farm needs money [I]
	shareGigPersona    = .15 // of personas sell work on a marketplace, too [I]
	payFintech         = .54 // of personas with a purse of their own are paid at a fintech, .31 a neobank, the rest in crypto [I]
	payNeobank         = .31
	weightFarm         = .70 // of a persona's sign-ins; .20 VPN, .07 a proxy in a home, .03 abroad [I]
	weightExit         = .20
	weightProxy        = .07
	weightLeak         = .03
)
