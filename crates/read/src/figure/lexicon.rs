//! The tables of English words that the rules for figures consult.
//!
//! Every table is a string of words; `flags` looks a small-letter word up in all of them at once.

use std::collections::HashMap;
use std::sync::LazyLock;

use ascribe_record::Measure;

/// Which tables a word stands in, one bit each.
pub(crate) type Flags = u32;

/// Persons, singular.
pub(super) const PERSON: Flags = 1;
/// Persons, plural or collective.
pub(super) const PERSONS: Flags = 1 << 1;
/// Things, animals and matters that nobody kills, arrests or frees as people.
pub(super) const THING: Flags = 1 << 2;
/// Ends a noun phrase: prepositions, conjunctions, determiners, pronouns, auxiliaries.
pub(super) const STOP: Flags = 1 << 3;
/// Auxiliaries and what stands between them and a participle.
pub(super) const AUX: Flags = 1 << 4;
/// Forms of "be" and "get", which make a participle passive.
pub(super) const BE: Flags = 1 << 5;
/// Prepositions.
pub(super) const PREP: Flags = 1 << 6;
/// Adverbs that do not end in "-ly".
pub(super) const ADVERB: Flags = 1 << 7;
/// Verbs of saying.
pub(super) const SAY: Flags = 1 << 8;
/// Words that begin a clause with its own events.
pub(super) const CLAUSE: Flags = 1 << 9;
/// Nouns that a number names rather than counts: "Route 9".
pub(super) const LABEL: Flags = 1 << 10;
/// Months.
pub(crate) const MONTH: Flags = 1 << 11;
/// Days of the week.
pub(super) const WEEKDAY: Flags = 1 << 12;
/// Nationalities and peoples.
pub(super) const PEOPLE: Flags = 1 << 13;
/// Buildings and other things that are struck or destroyed.
pub(super) const STRUCK: Flags = 1 << 14;
/// What kills: weapons, attacks and disasters.
pub(super) const CAUSE: Flags = 1 << 15;
/// Attacks.
pub(super) const ATTACK: Flags = 1 << 16;
/// Verbs in the past that are no trigger: with one of these before it an "and" opens a clause.
pub(super) const PAST: Flags = 1 << 17;
/// Adjectives that stand between a place's article and its name.
pub(super) const REGION: Flags = 1 << 18;

const TABLES: &[(Flags, &str)] = &[
    (
        PERSON,
        "person companion comrade accomplice escort man woman child boy girl teenager baby infant toddler student pupil schoolboy schoolgirl teacher \
         soldier officer policeman policewoman constable sergeant lieutenant captain colonel major general corporal \
         private guard bodyguard militant fighter rebel guerrilla guerilla gunman insurgent terrorist attacker \
         assailant bomber civilian bystander passer-by passerby pedestrian passenger driver motorist cyclist pilot \
         sailor fisherman farmer peasant worker labourer laborer employee civilian resident villager local refugee \
         migrant settler tourist visitor hostage captive prisoner detainee inmate suspect victim casualty patient \
         doctor nurse medic paramedic journalist reporter cameraman photographer editor lawyer judge prosecutor \
         politician minister official diplomat ambassador consul attache envoy mayor governor councillor senator \
         lawmaker deputy leader chief commander activist aide adviser spokesman spokeswoman engineer contractor \
         technician businessman businesswoman shopkeeper merchant trader banker executive director manager priest \
         nun bishop imam cleric rabbi monk missionary father mother brother sister son daughter wife husband cousin \
         uncle aunt nephew niece grandmother grandfather relative neighbour neighbor friend member firefighter \
         fireman rescuer volunteer peacekeeper trooper marine agent spy informer informant defector deserter exile \
         citizen national native foreigner expatriate youth adult minor parent orphan widow survivor protester \
         protestor demonstrator marcher striker rioter robber thief smuggler hijacker kidnapper killer sniper \
         individual human voter delegate supporter follower colleague secretary clerk porter waiter cook cleaner \
         servant maid gardener professor academic scientist researcher historian writer poet author singer actor \
         artist player athlete coach fan spectator commuter traveller traveler guest customer shopper vendor \
         watchman caretaker gendarme ranger warden jailer negotiator monitor observer inspector interpreter \
         translator herder shepherd miner trucker chauffeur mechanic electrician carpenter bricklayer builder \
         industrialist economist ex-soldier serviceman servicewoman airman militiaman tribesman clansman lad \
         taxi-driver schoolteacher schoolchild newborn physician surgeon detective cop superintendent inspector \
         crewman counselor counsellor mercenary specialist expert analyst consultant representative combatant \
         planner pensioner bride groom stewardess steward hunter woman-soldier candidate president vice-president premier king queen \
         prince princess chairman chairwoman treasurer organiser organizer unionist trade-unionist nationalist \
         dissident guide passer publisher immigrant entertainer receptionist sikh sailor academic bookkeeper accountant architect \
         pharmacist dentist psychologist therapist hairdresser barber butcher baker tailor carpenter plumber janitor \
         bartender bouncer dealer gangster mobster deserter reservist conscript cadet recruit warden evangelist preacher \
         pastor reverend minister chaplain theologian scholar tutor headmaster headteacher principal lecturer grandson \
         granddaughter stepson stepdaughter stepfather stepmother fiance fiancee girlfriend boyfriend roommate housemate \
         spouse partner toddler teen preschooler homeowner landlord tenant trespasser intruder burglar carjacker shooter \
         bodybuilder weightlifter boxer wrestler footballer cricketer jockey referee umpire drummer guitarist rapper \
         separatist loyalist republican communist fascist extremist jihadist islamist",
    ),
    (
        PERSONS,
        "people persons men women children boys girls police policemen policewomen personnel staff crew troops \
         gunmen fishermen servicemen servicewomen airmen militiamen tribesmen clansmen cameramen spokesmen \
         businessmen businesswomen firemen watchmen gendarmes crewmen schoolchildren kids others dead wounded injured missing \
         deceased fatalities casualties victims souls families households youths babies infants citizens \
         militia officials attaches passers-by passersby wives clergy clergymen frenchmen englishmen irishmen \
         dutchmen welshmen scotsmen kinsmen herdsmen statesmen seamen foremen guardsmen infantrymen congressmen \
         patrolmen workmen railwaymen newsmen laymen horsemen lives bodies corpses survivors siblings twins couple trio occupants",
    ),
    (
        THING,
        "bomb bombs rocket rockets missile missiles grenade grenades mine mines shell shells shot shots round rounds \
         bullet bullets drone drones gun guns rifle rifles pistol pistols weapon weapons device devices explosive \
         explosives car cars bus buses truck trucks lorry lorries vehicle vehicles van vans tank tanks train trains \
         plane planes aircraft jet jets helicopter helicopters ship ships boat boats vessel vessels motorcycle \
         motorcycles bicycle jeep jeeps taxi taxis house houses home homes building buildings apartment apartments school schools hospital \
         hospitals mosque mosques church churches temple temples shop shops store stores hotel hotels office offices \
         bank banks bridge bridges road roads street streets village villages town towns city cities district \
         districts province provinces region regions country countries state states area areas place places site \
         sites camp camps base bases checkpoint checkpoints post posts position positions building station stations \
         attack attacks strike strikes airstrike airstrikes raid raids clash clashes bombing bombings explosion \
         explosions blast blasts incident incidents operation operations shooting shootings ambush ambushes event \
         events case cases crime crimes time times way ways reason reasons thing things part parts point points step \
         steps group groups organization organizations organisation organisations party parties company companies \
         firm firms unit units team teams agency agencies faction factions article articles letter letters call calls \
         message messages statement statements report reports document documents note notes question questions \
         percent percentage dollar dollars euro euros pound pounds ton tons tonne tonnes kilogram kilograms kg \
         kilo kilos gram grams litre litres gallon gallons degree degrees mile miles km kilometre kilometres \
         kilometer kilometers metre metres meter meters foot feet yard yards inch inches acre acres hectare hectares \
         second seconds minute minutes hour hours day days week weeks month months year years decade decades \
         century centuries night nights morning mornings evening afternoon weekend weekends animal animals cow cows \
         sheep goat goats cattle dog dogs horse horses camel camels stick sticks pound bag bags package packages box boxes bottle \
         bottles window windows door doors wall walls room rooms floor floors storey storeys story stories side sides \
         page pages vote votes seat seats goal goals point points set sets match matches game games round line lines \
         project projects plan plans demand demands condition conditions charge charges count counts trial trials \
         sentence sentences term terms embassy embassies consulate consulates pipeline pipelines tower towers pylon \
         pylons facility facilities factory factories plant plants farm farms field fields tree trees tunnel tunnels \
         ship tanker tankers barrel barrels flight flights visit visits meeting meetings talk talks round paper papers \
         newspaper newspapers station embassy airport airports mission missions centre centres center centers block \
         blocks kind kinds type types form forms sort sorts number numbers total amount lot hand hands leg legs arm arms \
         eye eyes face head name names law laws treaty agreement deal truce election elections model window size \
         magazine magazines tent tents protest protests demonstration demonstrations rally rallies funeral \
         funerals march marches ceremony ceremonies concert concerts session sessions sanction sanctions resolution \
         resolutions ship warship warships asset assets island islands river rivers nation nations government \
         governments ministry ministries",
    ),
    (
        STRUCK,
        "house houses home homes building buildings school schools hospital hospitals mosque mosques church churches \
         shop shops store stores hotel hotels office offices bank banks bridge bridges car cars bus buses truck trucks \
         vehicle vehicles boat boats ship ships plane planes aircraft helicopter helicopters tank tanks apartment \
         apartments flat flats structure structures dwelling dwellings tent tents village villages town towns home \
         homes factory factories window windows farm farms clinic clinics road roads site sites target targets post \
         posts position positions checkpoint checkpoints base bases property properties site tower towers warehouse \
         warehouses market markets stall stalls room rooms block blocks train trains lorry lorries van vans temple temples \
         tunnel tunnels",
    ),
    (
        ATTACK,
        "attack attacks strike strikes airstrike airstrikes raid raids clash clashes bombing bombings explosion \
         explosions blast blasts shooting shootings ambush ambushes assault assaults sortie sorties incursion \
         incursions skirmish skirmishes battle battles shelling shellings bombardment bombardments",
    ),
    (
        CAUSE,
        "bomb bombs bombing bombings explosion explosions blast blasts strike strikes airstrike airstrikes raid raids \
         attack attacks shelling shooting shootings ambush ambushes earthquake quake flood floods storm hurricane \
         cyclone typhoon tornado landslide mudslide avalanche fire fires blaze wildfire stampede crush crash collision \
         derailment collapse accident gunfire crossfire gunshot gunshots grenade grenades rocket rockets missile missiles \
         mine mines landmine landmines shell shells mortar mortars drone drones clash clashes fighting battle riot riots \
         massacre drought famine outbreak epidemic cholera heatwave eruption shrapnel bullet bullets sniper fire \
         assault device knife arson stabbing stabbings",
    ),
    (
        STOP,
        "the a an this that these those his her its their our my your in on at by of to from for with without within \
         into onto over under above below near outside inside between among amid against during since until till \
         after before when while where who whom whose which what why how because although though if unless as than \
         and or but nor so yet both either neither not no none he she it they we i you him them us me himself herself \
         itself themselves each every any some all is are was were be been being am has have had having do does did \
         will would can could may might must shall should there here then also only just about around across along \
         through toward towards behind beyond per via including amongst including like such now said says say told \
         according meanwhile however plus except despite upon off out up down again too still already later \
         earlier today yesterday tomorrow tonight ago remain remains remained began begin took take takes came come \
         went go goes left leave leaves leaving made make makes got get gets gave give put set let saw see fell rose \
         seemed appeared appear reached reaching became become believed feared thought reported reportedly alleged \
         allegedly presumed nearby aboard overnight instead together apiece died dies dying fled flee won ran held lost spoke met stood sat hid",
    ),
    (
        AUX,
        "is are was were be been being am has have had having will would can could may might must shall should do does \
         did not never also all both each get got gets getting feared believed presumed thought reported confirmed \
         reportedly allegedly already later still now known to 're 've either have said pronounced declared found remain \
         remains remained remaining lay lying left themselves then subsequently just only listed seriously",
    ),
    (BE, "is are was were be been being am get got gets getting"),
    (
        PREP,
        "in on at by of to from for with without within into onto over under above below near outside inside between \
         among amid against during since until till across along through toward towards behind beyond per via amongst \
         upon off aboard around about like",
    ),
    (
        ADVERB,
        "also later still already now then again today yesterday overnight instead together more others too \
         since soon once even else almost alone there here elsewhere outright",
    ),
    (
        SAY,
        "said says say saying told tells announced announces reported reports added statement confirmed stated claimed \
         claims estimated estimates declared according spokesman spokeswoman telling",
    ),
    (
        CLAUSE,
        "after before when while where because although though if unless until till as since that whose but whereas \
         following",
    ),
    (
        LABEL,
        "route article articles resolution unit flight boeing airbus page pages chapter section room gate no number \
         phase line highway interstate terminal platform precinct channel formula apollo category level version type \
         zone sector block building hill war covid magnitude day week grade year years age aged ages class stage step part volume \
         issue item paragraph clause section rule protocol directive regulation act title size model series season \
         episode round game lot bus train tram ward district area bay cell camp pier runway junction exit road \
         psalm verse chapter m1 division brigade battalion regiment wave group-of convoy figure table appendix annex \
         schedule lane heading bearing verses nos route resolutions under-",
    ),
    (
        MONTH,
        "january february march april may june july august september october november december jan feb mar apr jun \
         jul aug sep sept oct nov dec",
    ),
    (
        WEEKDAY,
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    ),
    (
        PEOPLE,
        "afghan afghans albanian american americans arab arabs argentine argentines armenian australian austrian \
         belgian bengali bolivian brazilian british briton britons bulgarian burmese canadian chechen chilean chinese \
         christian christians colombian croat croats cuban czech dane danes danish dutch egyptian english ethiopian \
         filipino filipinos finn finnish french georgian german germans ghanaian greek greeks guatemalan gurkha \
         haitian hindu hindus hungarian indian indians indonesian iranian iranians iraqi iraqis irish israeli israelis \
         italian italians japanese jew jewish jews jordanian kashmiri kenyan korean koreans kurd kurdish kurds kuwaiti \
         lebanese libyan lithuanian malaysian maltese mexican moroccan moslem moslems muslim muslims nepalese nigerian \
         norwegian pakistani pakistanis palestinian palestinians peruvian pole poles polish portuguese romanian \
         russian russians rwandan salvadoran saudi saudis scottish serb serbian serbs shia shiite shiites sikh sikhs \
         slovak somali somalis spaniard spaniards spanish sudanese sunni sunnis swede swedes swedish swiss syrian \
         syrians taiwanese tamil tamils thai thais tibetan turk turkish turks ugandan ukrainian uruguayan venezuelan \
         vietnamese welsh yemeni yemenis yugoslav hutu hutus tutsi tutsis rohingya hazara alawite alawites druze \
         coptic copts copt roma yazidi yazidis uighur uighurs uyghur uyghurs catholic catholics protestant protestants",
    ),
    (
        PAST,
        "attacked opened fired threw began came went took fought met broke stormed seized carried set drove ran made \
         said told hit struck rose fell won found saw gave held left entered demanded launched exploded crashed blew",
    ),
    (
        REGION,
        "northern southern eastern western north south east west central northeastern northwestern southeastern \
         southwestern north-eastern north-western south-eastern south-western northeast northwest southeast southwest \
         occupied besieged coastal town city village province district region state capital port suburb neighbourhood \
         neighborhood county area island valley remote border mountainous disputed annexed downtown old upper lower \
         greater mainland of the suburbs outskirts towns villages cities provinces camp refugee settlement municipality sub-district governorate hamlet nearby port-city rural",
    ),
];

static FLAGS: LazyLock<HashMap<&'static str, Flags>> = LazyLock::new(|| {
    let mut flags = HashMap::new();
    for (flag, words) in TABLES {
        for word in words.split_whitespace() {
            *flags.entry(word).or_default() |= flag;
        }
    }
    flags
});

/// The tables that `word`, in small letters, stands in. Plurals of persons and adjectives of
/// peoples with their plurals need no entry of their own.
pub(super) fn flags(word: &str) -> Flags {
    let own = FLAGS.get(word).copied().unwrap_or(0);
    own | plural_flags(word) | people_flags(word)
}

/// What the singular of a plural in "-s" says of it.
fn plural_flags(word: &str) -> Flags {
    let singular = |ending: &str, with: &str| {
        let stem = word.strip_suffix(ending)?;
        FLAGS.get(format!("{stem}{with}").as_str()).copied()
    };
    let found = singular("ies", "y").or_else(|| singular("s", "")).or_else(|| singular("es", ""));
    match found {
        Some(flags) if flags & PERSON != 0 => PERSONS,
        Some(flags) if flags & PEOPLE != 0 => PEOPLE | PERSONS,
        _ => 0,
    }
}

/// Compounds: "paratrooper", "ex-policemen", "schoolgirls".
fn people_flags(word: &str) -> Flags {
    if word.len() < 7 {
        return 0;
    }
    if word.ends_with("women")
        || (word.ends_with("men")
            && !word.ends_with("ment")
            && !matches!(word, "regimen" | "specimen" | "abdomen"))
    {
        PERSONS
    } else if word.ends_with("woman") || word.ends_with("man") && word != "ottoman" {
        PERSON
    } else {
        0
    }
}

/// The forms of a verb: base, third person, past, participle, "-ing".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VerbForm {
    Present,
    Past,
    Ing,
}

/// Verbs by what they do to their object: base, third person, past, participle (which may be the
/// same word) and "-ing" form, in this order.
const TRANSITIVE: &[(Measure, &str)] = &[
    (Measure::Killed, "kill kills killed killed killing"),
    (Measure::Killed, "murder murders murdered murdered murdering"),
    (Measure::Killed, "slay slays slew slain slaying"),
    (Measure::Killed, "slaughter slaughters slaughtered slaughtered slaughtering"),
    (Measure::Killed, "assassinate assassinates assassinated assassinated assassinating"),
    (Measure::Killed, "execute executes executed executed executing"),
    (Measure::Killed, "massacre massacres massacred massacred massacring"),
    (Measure::Killed, "behead beheads beheaded beheaded beheading"),
    (Measure::Killed, "hang hangs hanged hanged hanging"),
    (Measure::Killed, "lynch lynches lynched lynched lynching"),
    (Measure::Killed, "gun-down guns-down gunned gunned gunning"),
    (Measure::Killed, "strangle strangles strangled strangled strangling"),
    (Measure::Killed, "decapitate decapitates decapitated decapitated decapitating"),
    (Measure::Killed, "electrocute electrocutes electrocuted electrocuted electrocuting"),
    (Measure::Killed, "martyr martyrs martyred martyred martyring"),
    (Measure::Injured, "injure injures injured injured injuring"),
    (Measure::Injured, "wound wounds wounded wounded wounding"),
    (Measure::Injured, "hurt hurts hurt hurt hurting"),
    (Measure::Injured, "maim maims maimed maimed maiming"),
    (Measure::Injured, "torture tortures tortured tortured torturing"),
    (Measure::Injured, "stab stabs stabbed stabbed stabbing"),
    (Measure::Injured, "knife knifes knifed knifed knifing"),
    (Measure::Injured, "beat beats beaten beaten beating"),
    (Measure::Injured, "batter batters battered battered battering"),
    (Measure::Injured, "club clubs clubbed clubbed clubbing"),
    (Measure::Injured, "graze grazes grazed grazed grazing"),
    (Measure::Injured, "blind blinds blinded blinded blinding"),
    (Measure::Injured, "paralyse paralyses paralysed paralysed paralysing"),
    (Measure::Injured, "paralyze paralyzes paralyzed paralyzed paralyzing"),
    (Measure::Injured, "scald scalds scalded scalded scalding"),
    (Measure::Injured, "disfigure disfigures disfigured disfigured disfiguring"),
    (Measure::Injured, "hospitalise hospitalises hospitalised hospitalised hospitalising"),
    (Measure::Injured, "hospitalize hospitalizes hospitalized hospitalized hospitalizing"),
    (Measure::Casualties, "shoot shoots shot shot shooting"),
    (Measure::Captured, "capture captures captured captured capturing"),
    (Measure::Captured, "kidnap kidnaps kidnapped kidnapped kidnapping"),
    (Measure::Captured, "kidnap kidnaps kidnaped kidnaped kidnaping"),
    (Measure::Captured, "abduct abducts abducted abducted abducting"),
    (Measure::Captured, "seize seizes seized seized seizing"),
    (Measure::Detained, "detain detains detained detained detaining"),
    (Measure::Detained, "hold holds held held holding"),
    (Measure::Detained, "imprison imprisons imprisoned imprisoned imprisoning"),
    (Measure::Detained, "incarcerate incarcerates incarcerated incarcerated incarcerating"),
    (Measure::Detained, "jail jails jailed jailed jailing"),
    (Measure::Detained, "intern interns interned interned interning"),
    (Measure::Displaced, "displace displaces displaced displaced displacing"),
    (Measure::Displaced, "uproot uproots uprooted uprooted uprooting"),
    (Measure::Arrested, "arrest arrests arrested arrested arresting"),
    (Measure::Released, "release releases released released releasing"),
    (Measure::Released, "free frees freed freed freeing"),
    (Measure::Released, "liberate liberates liberated liberated liberating"),
    (Measure::Evacuated, "evacuate evacuates evacuated evacuated evacuating"),
    (Measure::Evacuated, "rescue rescues rescued rescued rescuing"),
    (Measure::Affected, "affect affects affected affected affecting"),
    (Measure::Participants, "deploy deploys deployed deployed deploying"),
    (Measure::Struck, "destroy destroys destroyed destroyed destroying"),
    (Measure::Struck, "damage damages damaged damaged damaging"),
    (Measure::Struck, "demolish demolishes demolished demolished demolishing"),
    (Measure::Struck, "burn burns burned burnt burning"),
    (Measure::Struck, "torch torches torched torched torching"),
    (Measure::Struck, "raze razes razed razed razing"),
    (Measure::Struck, "flatten flattens flattened flattened flattening"),
    (Measure::Struck, "level levels levelled leveled levelling"),
    (Measure::Struck, "wreck wrecks wrecked wrecked wrecking"),
    (Measure::Struck, "hit hits hit hit hitting"),
    (Measure::Struck, "strike strikes struck struck striking"),
    (Measure::Struck, "shatter shatters shattered shattered shattering"),
];

/// Verbs whose subject is counted.
const INTRANSITIVE: &[(Measure, &str)] = &[
    (Measure::Killed, "die dies died dying"),
    (Measure::Killed, "perish perishes perished perishing"),
    (Measure::Killed, "drown drowns drowned drowning"),
    (Measure::Killed, "succumb succumbs succumbed succumbing"),
    (Measure::Missing, "disappear disappears disappeared disappearing"),
    (Measure::Missing, "vanish vanishes vanished vanishing"),
    (Measure::Displaced, "flee flees fled fleeing"),
    (Measure::Participants, "march marches marched marching"),
    (Measure::Participants, "protest protests protested protesting"),
    (Measure::Participants, "rally rallies rallied rallying"),
    (Measure::Participants, "demonstrate demonstrates demonstrated demonstrating"),
    (Measure::Participants, "attend attends attended attending"),
    (Measure::Participants, "participate participates participated participating"),
    (Measure::Participants, "gather gathers gathered gathering"),
    (Measure::Participants, "vote votes voted voting"),
];

/// What a verb form says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verb {
    pub measure: Measure,
    pub form: VerbForm,
    pub transitive: bool,
}

static VERBS: LazyLock<HashMap<&'static str, Verb>> = LazyLock::new(|| {
    let mut verbs = HashMap::new();
    let both = [(TRANSITIVE, true), (INTRANSITIVE, false)];
    for (table, transitive) in both {
        for (measure, forms) in table {
            let n_forms = forms.split(' ').count();
            for (i, word) in forms.split(' ').enumerate() {
                let form = match i {
                    0 | 1 => VerbForm::Present,
                    i if i + 1 == n_forms => VerbForm::Ing,
                    _ => VerbForm::Past,
                };
                // The past wins where forms coincide ("hurt", "hit"): reports are told in it.
                verbs.insert(word, Verb { measure: *measure, form, transitive });
            }
        }
    }
    verbs
});

pub(super) fn verb(word: &str) -> Option<Verb> {
    VERBS.get(word).copied()
}

/// Words behind what they count: "12 dead", "the 30 are missing". Several words are joined by spaces.
pub(super) const STATES: &[(Measure, &str)] = &[
    (Measure::Killed, "dead"),
    (Measure::Killed, "lifeless"),
    (Measure::Missing, "missing"),
    (Measure::Missing, "unaccounted for"),
    (Measure::Displaced, "homeless"),
    (Measure::Displaced, "forced from their homes"),
    (Measure::Displaced, "driven from their homes"),
    (Measure::Displaced, "left their homes"),
    (Measure::Displaced, "forced to flee"),
    (Measure::Killed, "lost their lives"),
    (Measure::Killed, "lost his life"),
    (Measure::Killed, "lost her life"),
    (Measure::Killed, "lost its life"),
    (Measure::Killed, "burned to death"),
    (Measure::Killed, "burnt to death"),
    (Measure::Killed, "stabbed to death"),
    (Measure::Killed, "shot to death"),
    (Measure::Killed, "beaten to death"),
    (Measure::Killed, "hacked to death"),
    (Measure::Killed, "crushed to death"),
    (Measure::Killed, "put to death"),
    (Measure::Killed, "shot dead"),
    (Measure::Killed, "blown up"),
    (Measure::Killed, "passed away"),
    (Measure::Killed, "committed suicide"),
    (Measure::Killed, "with his throat cut"),
    (Measure::Killed, "with her throat cut"),
    (Measure::Killed, "with their throats cut"),
    (Measure::Killed, "with his throat slit"),
    (Measure::Killed, "with her throat slit"),
    (Measure::Killed, "with their throats slit"),
    (Measure::Captured, "taken hostage"),
    (Measure::Captured, "taken captive"),
    (Measure::Captured, "taken prisoner"),
    (Measure::Captured, "held hostage"),
    (Measure::Captured, "held captive"),
    (Measure::Captured, "held as hostages"),
    (Measure::Captured, "in captivity"),
    (Measure::Detained, "in custody"),
    (Measure::Detained, "taken into custody"),
    (Measure::Detained, "in prison"),
    (Measure::Detained, "in jail"),
    (Measure::Detained, "in detention"),
    (Measure::Detained, "behind bars"),
    (Measure::Detained, "under arrest"),
    (Measure::Injured, "in hospital"),
    (Measure::Injured, "in critical condition"),
    (Measure::Injured, "in serious condition"),
    (Measure::Injured, "in stable condition"),
    (Measure::Injured, "in fair condition"),
    (Measure::Injured, "in satisfactory condition"),
    (Measure::Injured, "in critical but stable condition"),
    (Measure::Injured, "in intensive care"),
    (Measure::Injured, "fighting for their lives"),
    (Measure::Injured, "fighting for his life"),
    (Measure::Injured, "fighting for her life"),
    (Measure::Injured, "treated for injuries"),
    (Measure::Injured, "treated for wounds"),
    (Measure::Injured, "treated for burns"),
    (Measure::Injured, "treated for shock"),
    (Measure::Injured, "with injuries"),
    (Measure::Injured, "with burns"),
    (Measure::Injured, "with shrapnel wounds"),
    (Measure::Injured, "with gunshot wounds"),
    (Measure::Injured, "with gun shot wounds"),
    (Measure::Injured, "with a gunshot wound"),
    (Measure::Injured, "with bullet wounds"),
    (Measure::Injured, "with a bullet wound"),
    (Measure::Injured, "taken to hospital"),
    (Measure::Injured, "taken to hospitals"),
    (Measure::Injured, "sent to hospital"),
    (Measure::Injured, "treated in hospital"),
    (Measure::Affected, "in need"),
    (Measure::Affected, "at risk"),
    (Measure::Affected, "without power"),
    (Measure::Affected, "without water"),
    (Measure::Affected, "without electricity"),
    (Measure::Affected, "need aid"),
    (Measure::Affected, "need help"),
    (Measure::Affected, "need assistance"),
    (Measure::Participants, "took part"),
    (Measure::Participants, "taking part"),
    (Measure::Participants, "take part"),
    (Measure::Evacuated, "pulled alive"),
    (Measure::Released, "set free"),
    (Measure::Struck, "set on fire"),
    (Measure::Struck, "set ablaze"),
];

/// Nouns that name what happened to what follows "of" (or "to").
pub(super) const EVENTS: &[(Measure, &str)] = &[
    (
        Measure::Killed,
        "killing killings death deaths murder murders massacre assassination execution executions slaying slayings lives life body corpse bodies corpses remains drowning",
    ),
    (Measure::Injured, "wounding injury injuries"),
    (Measure::Captured, "kidnapping kidnappings abduction abductions capture seizure kidnap"),
    (Measure::Arrested, "arrest arrests"),
    (Measure::Detained, "detention imprisonment incarceration jailing"),
    (Measure::Released, "release freeing"),
    (Measure::Displaced, "displacement"),
    (Measure::Evacuated, "evacuation rescue"),
    (Measure::Missing, "disappearance disappearances"),
    (Measure::Struck, "destruction demolition"),
];

/// Counted nouns that say the measure themselves.
pub(super) const STRONG_NOUNS: &[(Measure, &str)] = &[
    (
        Measure::Killed,
        "deaths death fatalities fatality killings dead deceased body corpse bodies corpses murders assassinations executions martyrs",
    ),
    (Measure::Casualties, "casualties casualty"),
    (Measure::Injured, "injuries injury wounded injured wounds"),
    (Measure::Missing, "missing disappearances"),
    (Measure::Arrested, "arrests"),
    (Measure::Captured, "kidnappings abductions"),
];

/// Counted nouns that say the measure where no verb does.
pub(super) const WEAK_NOUNS: &[(Measure, &str)] = &[
    (Measure::Captured, "hostage hostages captive captives"),
    (Measure::Detained, "prisoner prisoners detainee detainees inmate inmates"),
    (Measure::Displaced, "refugee refugees"),
    (Measure::Evacuated, "evacuee evacuees"),
    (Measure::Casualties, "victim victims"),
    (
        Measure::Participants,
        "protester protesters protestor protestors demonstrator demonstrators marcher marchers participant \
         participants striker strikers attendee attendees spectator spectators rioter rioters delegate delegates",
    ),
];

/// The measure that `table` gives to `word`.
pub(super) fn noun_measure(table: &[(Measure, &str)], word: &str) -> Option<Measure> {
    let holds = |words: &str| words.split_whitespace().any(|w| w == word);
    table.iter().find(|(_, words)| holds(words)).map(|&(measure, _)| measure)
}

/// Things that are numbered in passing and that nobody keeps count of.
pub(super) fn is_passing(word: &str) -> bool {
    matches!(
        word,
        "times"
            | "time"
            | "ways"
            | "way"
            | "sides"
            | "side"
            | "things"
            | "thing"
            | "parts"
            | "part"
            | "points"
            | "point"
            | "steps"
            | "step"
            | "reasons"
            | "reason"
            | "kinds"
            | "kind"
            | "types"
            | "type"
            | "sorts"
            | "forms"
            | "sets"
            | "terms"
            | "hands"
            | "names"
            | "faces"
            | "games"
            | "matches"
            | "goals"
            | "seats"
            | "pages"
            | "lines"
    )
}

/// Units: what a number before them measures.
pub(super) fn unit(word: &str) -> Option<Measure> {
    let measure = match word {
        "dollar" | "dollars" | "euro" | "euros" | "shekel" | "shekels" | "rupee" | "rupees" | "yen"
        | "pesos" | "francs" | "marks" | "rubles" | "roubles" | "usd" | "eur" | "gbp" | "cents"
        | "pounds" | "lira" | "dinars" | "riyals" | "crowns" | "sterling" | "cent" | "pence" | "peso"
        | "franc" | "ruble" | "rouble" | "yuan" | "renminbi" | "baht" | "rupiah" | "ringgit" | "naira"
        | "shilling" | "shillings" | "rand" | "zloty" | "kroner" | "kronor" | "krona" | "hryvnia"
        | "hryvnias" | "dirham" | "dirhams" | "dinar" | "riyal" | "rial" | "rials" | "taka" | "birr"
        | "lire" => Measure::Money,
        "second" | "seconds" | "minute" | "minutes" | "hour" | "hours" | "day" | "days" | "week"
        | "weeks" | "month" | "months" | "year" | "years" | "decade" | "decades" | "centuries" | "nights" => {
            Measure::Duration
        }
        "km" | "kilometre" | "kilometres" | "kilometer" | "kilometers" | "mile" | "miles" | "metre"
        | "metres" | "meter" | "meters" | "feet" | "foot" | "yard" | "yards" | "inch" | "inches" | "acre"
        | "acres" | "hectare" | "hectares" | "cm" => Measure::Distance,
        _ => return None,
    };
    Some(measure)
}

/// Symbols of units that may be written on to a number.
pub(super) fn is_symbol(word: &str) -> bool {
    const SYMBOLS: &str = "km cm mm kg g mg l ml lb lbs oz t ft in mi mph kph kmh rpm kw mw gw kwh mwh gwh hp bhp ps nm \
        gb mb tb kb ghz mhz khz hz min mins sec secs hr hrs h ppm ppb pc c f v w a mah dpi fps p";
    SYMBOLS.split_whitespace().any(|symbol| symbol == word)
}

/// Attributes that are normalised.
pub(super) fn attribute(word: &str) -> Option<&'static str> {
    let name = match word {
        "woman" | "women" | "female" | "females" | "policewoman" | "policewomen" | "mothers" => "women",
        "man" | "men" | "male" | "males" => "men",
        "child" | "children" | "minor" | "minors" | "kid" | "kids" | "boy" | "boys" | "girl" | "girls"
        | "teenager" | "teenagers" | "infant" | "infants" | "baby" | "babies" | "toddler" | "toddlers"
        | "schoolchild" | "schoolchildren" | "schoolboy" | "schoolboys" | "schoolgirl" | "schoolgirls"
        | "juveniles" => "minors",
        "civilian" | "civilians" => "civilians",
        _ => return None,
    };
    Some(name)
}

/// Attributes that are kept as worded.
const WORDED: &str = "soldier soldiers troops troop police policeman policemen militant militants rebel rebels fighter \
    fighters guerrilla guerrillas gunman gunmen insurgent insurgents terrorist terrorists militiaman militiamen militia \
    officer officers paramilitary paramilitaries settler settlers journalist journalists foreigner foreigners foreign \
    peacekeeper peacekeepers combatant combatants";

pub(super) fn is_worded_attribute(word: &str) -> bool {
    flags(word) & PEOPLE != 0 || WORDED.split_whitespace().any(|w| w == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_persons() {
        for word in ["farmers", "deputies", "tribeswomen", "palestinians", "policemen", "workers"] {
            assert!(flags(word) & PERSONS != 0, "{word}");
        }
        assert_eq!(flags("villages") & PERSONS, 0);
    }

    #[test]
    fn forms_of_verbs() {
        let form = |word| verb(word).map(|v| (v.measure, v.form));
        assert_eq!(form("killing"), Some((Measure::Killed, VerbForm::Ing)));
        assert_eq!(form("hurt"), Some((Measure::Injured, VerbForm::Past)));
        assert_eq!(form("burnt"), Some((Measure::Struck, VerbForm::Past)));
        assert_eq!(form("fled"), Some((Measure::Displaced, VerbForm::Past)));
    }
}
