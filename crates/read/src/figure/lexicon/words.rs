//! Nouns for people and things, and small words.

use super::*;

/// The words of each table.
pub(super) const TABLES: &[(Flags, &str)] = &[
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
         separatist loyalist republican communist fascist extremist jihadist islamist founder co-founder sentry \
         staffer sympathiser sympathizer hawker sheikh sheik mullah ayatollah mufti muezzin headman elder chieftain \
         warlord operative sapper commando legionnaire courier collaborator schoolmaster schoolmistress midwife \
         apprentice handyman vigilante sheriff marshal brigadier adjutant friar abbot deacon archbishop rector dean \
         legislator parliamentarian chancellor magistrate solicitor barrister attorney surveyor geologist welder \
         blacksmith butler jeweller jeweler goldsmith moneychanger grocer greengrocer fishmonger weaver cobbler \
         goatherd cowherd woodcutter logger picker harvester tapper beekeeper gravedigger undertaker vet veterinarian \
         dockworker stevedore copilot navigator attendant hostess conductor assassin immigrant emigrant expert jesuit franciscan carmelite seminarian",
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
         vietnamese welsh yemeni yemenis yugoslav soviet soviets european african asian algerian angolan azerbaijani \
         azeri bahraini bangladeshi belarusian bosnian bosniak burkinabe burundian cambodian cameroonian chadian \
         congolese cypriot dominican ecuadorian emirati eritrean estonian fijian finn gabonese gambian guinean \
         honduran icelandic icelander ivorian jamaican kazakh kosovar kyrgyz laotian latvian liberian luxembourger \
         macedonian malagasy malawian malian mauritanian moldovan mongolian montenegrin mozambican namibian \
         nicaraguan omani panamanian paraguayan qatari senegalese singaporean slovene slovenian tajik tanzanian \
         togolese tunisian turkmen uzbek zambian zimbabwean botswanan beninese bhutanese surinamese papuan sahrawi \
         dagestani ingush ossetian abkhaz tatar circassian pashtun baloch baluch punjabi sindhi mohajir tuareg berber \
         oromo tigrayan amhara fulani hausa yoruba igbo dinka nuer hmong kachin buddhist maronite zulu xhosa \
         basque corsican catalan hutu hutus tutsi tutsis rohingya hazara alawite alawites druze \
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
