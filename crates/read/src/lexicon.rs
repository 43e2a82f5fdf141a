//! Words that English news uses to name parties, written as plain lists. They are about the
//! language: no list says what a party is to anyone.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

type Set = LazyLock<HashSet<&'static str>>;

fn set(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

/// Heads of noun phrases that name one human being by what she or he does or is.
pub(crate) static ROLES: Set = LazyLock::new(|| {
    set(
        "activist adviser advisor advocate aide ambassador analyst anchor archbishop assistant attorney author \
     biographer bishop boss boyfriend broadcaster brother businessman businesswoman campaigner candidate captain \
     cardinal ceo chair chairman chairperson chairwoman chancellor chaplain chief cleric coach colleague \
     colonel columnist commander commissioner congressman congresswoman consul consultant coordinator coroner \
     correspondent councillor councilman councilwoman counsel counselor cousin critic daughter dean delegate \
     deputy detective diplomat director doctor driver economist editor elder engineer envoy executive expert \
     farmer father fighter firefighter founder co-founder friend general girlfriend governor grandfather \
     grandmother guard head historian host husband imam inspector instructor investigator journalist judge \
     justice king lawmaker lawyer leader lecturer legislator lieutenant major manager mayor mediator medic member \
     minister mother negotiator neighbor neighbour nephew niece nominee nurse observer officer official operator \
     owner paramedic parent partner passenger pastor physician pilot player poet police-chief policeman \
     policewoman politician pollster pope premier president priest prince princess principal producer professor \
     prosecutor protester psychologist queen rabbi regulator reporter representative rescuer researcher resident \
     scholar scientist secretary senator sergeant sheikh sheriff shopkeeper sister soldier solicitor son \
     speaker specialist spokesman spokesperson spokeswoman staffer strategist student superintendent supporter \
     surgeon survivor surrogate fellow host co-host teacher technician teenager tenant treasurer trader trainer uncle undersecretary veteran \
     vicar vice-president villager volunteer voter warden whip wife witness worker writer aunt patriarch \
     republican democrat libertarian tory hopeful contender incumbent rival tycoon magnate mogul billionaire \
     millionaire native star actress actor singer comedian \
     nominee goalkeeper striker forward winger midfielder defender quarterback pitcher batsman bowler wicketkeeper jockey \
     fisherman academic architect pundit defector marshal admiral brigadier corporal constable ombudsman rapporteur monitor magistrate emir sultan chieftain",
    )
});

/// Members of a party by its name; before another role they tell whom it belongs to.
pub(crate) static PARTISANS: Set = LazyLock::new(|| set("republican democrat libertarian tory"));

/// Words that may stand between an affiliation and the head of a role: "deputy prime minister".
pub(crate) static ROLE_MODIFIERS: Set = LazyLock::new(|| {
    set(
        "acting assistant associate chief deputy former ex-president first foreign prime vice senior junior lead retired outgoing incoming interim interior defense defence finance health \
     information justice labor labour home press media military political medical police army naval security \
     public affairs relations communications communication field regional local national federal state provincial district \
     county city town village municipal party parliamentary congressional presidential ministerial \
     opposition government general executive managing founding co-founding honorary special emergency aid \
     relief humanitarian rights human civil legal law criminal economic trade energy transport education \
     environment agriculture culture water science space technology intelligence counterterrorism counter-terrorism \
     border fire rescue ambulance hospital union labor-union tribal religious spiritual supreme high low \
     attorney solicitor surgeon inspector detective lieutenant major brigadier rear air wing squadron \
     news editorial sports political-affairs research policy campaign operations commercial technical \
     secretary shadow caretaker operating marketing investment risk compliance strategy production artistic creative under \
     sporting nursing clinical non-executive second third fellow visiting emeritus adjunct principal resident independent \
     financial current one-time minority majority house",
    )
});

/// Whether a word, in lower case, opens a noun phrase as "the" and "her" do.
pub(crate) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "his"
            | "her"
            | "their"
            | "its"
            | "our"
            | "my"
    )
}

/// Whether a word, in lower case, is what a body is called: "ministry", "charity".
pub(crate) fn is_institution(word: &str) -> bool {
    GOVERNMENT.contains(word) || ORGANISATIONS.contains(word)
}

/// Adjectives and the like that tell nothing of an office: they stand before a role and are no part
/// of it.
pub(crate) static PASSING: Set = LazyLock::new(|| {
    set("new newly appointed elected named nervous prominent influential famous known notable noted \
     top leading longtime veteran young younger old older elderly outspoken late then popular powerful \
     unnamed anonymous other key certain various numerous additional growing rising recent separate \
     different major respected renowned celebrated controversial conservative liberal moderate \
     progressive radical leftwing rightwing two three four five six seven eight nine ten dozen dozens \
     hundreds thousands several many few some most both all every each another own fellow one local \
     seasoned embattled ousted disgraced beloved")
});

/// Whether a capital before a name or role tells nothing of whom it belongs to: "Former Harrow mayor".
/// "New" may begin a name.
pub(crate) fn is_passing_title(word: &str) -> bool {
    matches!(word, "former" | "acting" | "current" | "ex") || word != "new" && PASSING.contains(word)
}

/// Words that end like nouns of agents ("-er", "-or", "-ist" …) and name no person.
static NO_PERSONS: Set = LazyLock::new(|| {
    set("number letter paper power water order center centre corner border quarter matter river winter \
     summer october november december september never another whether further rather together either \
     neither chapter charter cover danger disaster dinner factor floor flower former however labor \
     latter layer major manner master minor mirror motor offer other outer over proper rumor rumour \
     shelter sector senior silver super terror tower transfer under war weather wonder newspaper \
     twitter computer server folder poster register counter encounter list twist exist assist persist \
     resist insist consist important significant relevant constant instant distant grant plant \
     restaurant warrant covenant comparison reason season committee degree agree three coffee career \
     asian better bigger greater higher lower later earlier larger smaller longer shorter stronger \
     weaker older younger closer error horror color colour favor favour humor humour honor honour \
     behavior behaviour interior exterior prior superior inferior junior anterior after fiber fibre \
     meter metre litre theater theatre barrier carrier frontier supper pepper copper remainder \
     reminder gender slander calendar disorder")
});

/// Whether a noun, in lower case, names one person by what she or he does or is: one of [`ROLES`], or
/// a noun of agent by its ending.
pub(crate) fn is_person_noun(word: &str) -> bool {
    const ENDINGS: [&str; 10] = ["er", "or", "ist", "ian", "eer", "ant", "man", "woman", "person", "ee"];
    let agent = word.len() > 4
        && ENDINGS.iter().any(|e| word.ends_with(e))
        && !NO_PERSONS.contains(word)
        && !DOCUMENTS.contains(word)
        && !ORGANISATIONS.contains(word)
        && !GOVERNMENT.contains(word)
        && !DEMONYMS.contains(word)
        && !PASSING.contains(word);
    ROLES.contains(word) || agent
}

/// Whether a noun, in lower case, names several people: one of [`GROUPS`], or the plural of a noun
/// that [`is_person_noun`].
pub(crate) fn is_group_noun(word: &str) -> bool {
    let plural =
        word.strip_suffix('s').is_some_and(|one| is_person_noun(one) && !ROLE_MODIFIERS.contains(word));
    let men = word.strip_suffix("men").is_some_and(|stem| stem.len() > 2);
    GROUPS.contains(word) || plural || men
}

/// Heads of noun phrases that name people by what they have in common.
pub(crate) static GROUPS: Set = LazyLock::new(|| {
    set(
        "activists advisers advisors advocates aides allies ambassadors analysts academics assistants attorneys \
     authors bystanders campaigners candidates children citizens civilians clerics colleagues commanders \
     commentators conservatives councillors critics delegates democrats demonstrators deputies diplomats \
     directors doctors economists editors elders employees executives experts families farmers fighters \
     firefighters forecasters friends gunmen historians inhabitants insurgents investigators investors \
     journalists judges lawmakers lawyers leaders legislators liberals locals loyalists managers mediators \
     medics members men militants ministers monitors mothers mps negotiators neighbors neighbours nurses observers \
     officers officials onlookers operators opponents organisers organizers owners paramedics parents participants \
     passengers people physicians pilots players police-officers politicians pollsters prisoners producers \
     professors prosecutors protesters pundits rebels refugees regulators relatives reporters representatives \
     republicans rescuers researchers residents scholars scientists senators skeptics sceptics soldiers \
     specialists spokesmen spokespeople staff staffers strategists students supporters survivors teachers troops \
     victims villagers volunteers voters watchers witnesses eyewitnesses women workers writers youths governments \
     countries nations states powers parties sides officials-in-charge traders settlers lawmen viewers readers \
     users americans crews medics others",
    )
});

/// Heads that give nothing away: "a source", "someone".
pub(crate) static UNNAMED: Set = LazyLock::new(|| {
    set(
        "source sources someone somebody anyone anybody everyone everybody nobody none one some many most several \
     few others another those person individual individuals insider insiders",
    )
});

/// Heads of noun phrases that name an institution of a state.
pub(crate) static GOVERNMENT: Set = LazyLock::new(|| {
    set(
        "administration agency-of-state air-force army armed authorities authority cabinet chancellery coastguard council \
     coast-guard congress consulate court courts department embassy government governorate guard intelligence \
     junta kremlin legislature marines military ministry municipality navy parliament pentagon police \
     prefecture prosecution presidency regime secretariat senate state treasury tribunal palace forces \
     judiciary premiership kremlin customs gendarmerie knesset duma bundestag bundeswehr",
    )
});

/// Heads of noun phrases that name an organisation.
pub(crate) static ORGANISATIONS: Set = LazyLock::new(|| {
    set("academy agency airline airport alliance assembly association bank battalion board brigade brigades \
     broadcaster bureau business campaign cell centre center chamber channel charity church clinic club \
     coalition college commission committee community company conference consortium corporation corps council \
     daily delegation developer division enterprise exchange faction factory family federation firm force foundation front \
     fund gang group hospital house institute institution journal league magazine manufacturer mission \
     monitor-group mosque movement museum network newspaper ngo nonprofit office operator opposition \
     organisation organization outfit outlet panel paper party publication publisher programme program provider radio \
     reformatory regulator school service services site society squad station street studio syndicate synagogue \
     taskforce team television think-tank times tribune union unit university utility watchdog website wing \
     weekly inc corp ltd llc plc gmbh militia post herald journal gazette guardian telegraph tv news press brotherhood \
     bloc shipbuilder carmaker automaker retailer lender insurer drugmaker brewer chipmaker steelmaker planemaker \
     shipyard brewery start-up startup nations congregation crescent cross relief aid watch international initiative observatory project rescue \
     action rights global forum trust society charity legion league")
});

/// Heads of noun phrases that name a text, a picture or data.
pub(crate) static DOCUMENTS: Set = LazyLock::new(|| {
    set(
        "account affidavit agreement analysis announcement article assessment audio audit ballot bill blog book briefing \
     budget cable census charge chart charter clip column commentary complaint constitution data database deal decree directive \
     dispatch document documents draft editorial editorials email emails estimate estimates evidence excerpt excerpts figures file files \
     filing filings findings footage forecast form guidelines images index indictment interview inquiry investigation \
     invoice law lawsuit leaflet letter letters log logs map material memo memorandum message messages minutes motion \
     note notes notice numbers obituary op-ed opinion order pamphlet paper papers photo photograph photographs photos picture \
     pictures plan poll polls polling post posts profile projection proposal publication ranking record recording recordings \
     records register release report reports research resolution review ruling rules schedule screenshot \
     script speech statement statements statistics stories story study studies suit survey surveys testimony text texts \
     transcript transcripts treaty tweet tweets verdict video videos warrant wire",
    )
});

/// Whether a noun, in lower case, names a text, a picture or data, one or several.
pub(crate) fn is_document_noun(word: &str) -> bool {
    DOCUMENTS.contains(word) || word.strip_suffix('s').is_some_and(|one| DOCUMENTS.contains(one))
}

/// Words that stand for somebody named elsewhere.
pub(crate) static PRONOUNS: Set = LazyLock::new(|| {
    set("he she they it i we you him her them us me who which that his their its this these")
});

/// Titles before a name; they end with or without a full stop.
pub(crate) static TITLES: Set = LazyLock::new(|| {
    set(
        "mr mrs ms miss mx dr prof sir dame lord lady rev fr sr madam president vice-president prime minister \
     premier chancellor secretary senator sen representative rep congressman congresswoman governor gov mayor \
     ambassador general gen colonel col lieutenant lt captain capt major maj sergeant sgt corporal cpl private \
     commander cmdr admiral adm brigadier brig marshal inspector superintendent commissioner chief justice \
     judge king queen prince princess pope archbishop bishop cardinal father sister brother sheikh sheik \
     ayatollah imam rabbi professor doctor speaker minority majority whip deputy vice foreign defense defence interior finance health \
     attorney secretary-general director-general director chairman chairwoman spokesman spokeswoman \
     spokesperson coach detective officer constable sheriff emir sultan crown secretary-of-state acting \
     former press undersecretary comrade mp mep councillor lawmaker cleric leader analyst co-founder founder ceo",
    )
});

/// Words that a sentence begins with and that are no names for it.
pub(crate) static FUNCTION_WORDS: Set = LazyLock::new(|| {
    set(
        "a about above according across both after against all almost along also although always am among an and \
     another any are around as asked at away back be because been before behind being below between both but by can \
     citing could despite did do does doing down during each earlier either else even ever every except few \
     five following for four from further get had has have having he her here hers him his how however i if in \
     indeed inside instead into is it its itself just last later least less like many maybe me meanwhile might \
     more moreover most much must my near nearly neither never next no none nor not nothing now of off often on once one \
     only onto or other others our out outside over own per perhaps please quite rather recent recently said same saying says \
     second separately several shall she should show shown since six so some something soon still such ten than that the their them \
     then there therefore these they this those though three through throughout thus to today together too \
     toward towards two under unless until unlike up upon us very via was we were what when where whether \
     which while who whom whose why will with within without would yes yet you your yesterday tomorrow tonight \
     asked additionally observers officials witnesses residents experts analysts critics exact figures everyone nobody",
    )
});

/// Months, days and the like: capitalised, but nobody.
pub(crate) static CALENDAR: Set = LazyLock::new(|| {
    set(
        "january february march april may june july august september october november december jan feb mar apr \
     jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed \
     thu thur thurs fri sat sun christmas easter ramadan eid passover internet covid english",
    )
});

/// Nouns and pronouns that tell a woman (`true`) or a man.
pub(crate) static GENDERS: LazyLock<HashMap<&'static str, bool>> = LazyLock::new(|| {
    let woman = "she her hers herself mrs ms miss dame lady queen princess spokeswoman chairwoman congresswoman \
        businesswoman policewoman mother sister daughter wife girlfriend aunt niece grandmother madam councilwoman actress";
    let man = "he his him himself mr sir lord king prince spokesman chairman congressman businessman policeman \
        father brother son husband boyfriend uncle nephew grandfather councilman pope imam bishop actor";
    let tell = |words: &'static str, is: bool| words.split_whitespace().map(move |w| (w, is));
    tell(woman, true).chain(tell(man, false)).collect()
});

/// Outlets and agencies known everywhere, lower case; others are told by their last word.
pub(crate) static OUTLETS: Set = LazyLock::new(|| {
    set(
        "reuters ap afp bbc cnn nbc cbs abc msnbc npr pbs bloomberg politico axios jazeera arabiya xinhua tass \
     interfax ansa efe dpa kyodo yonhap anadolu haaretz spiegel monde figaro guardian times post telegraph \
     journal herald tribune globe gazette observer independent mail mirror express chronicle bulletin courier \
     news radio television tv broadcasting press agency channel magazine newspaper daily weekly network fox \
     economist newsweek mtv vox buzzfeed breitbart wires wire itv sky euronews",
    )
});

/// Last words of an outlet's name that tell a broadcaster.
pub(crate) static BROADCASTERS: Set = LazyLock::new(|| {
    set(
        "radio television tv broadcasting channel bbc cnn nbc cbs abc msnbc npr pbs jazeera arabiya fox itv sky \
     euronews network broadcaster fm",
    )
});

/// `Country:adjective,adjective`: the English short names of states and their usual adjectives.
const STATES: &str = "Afghanistan:afghan Albania:albanian Algeria:algerian Andorra:andorran Angola:angolan \
Argentina:argentine,argentinian Armenia:armenian Australia:australian Austria:austrian Azerbaijan:azerbaijani,azeri \
Bahamas:bahamian Bahrain:bahraini Bangladesh:bangladeshi Barbados:barbadian Belarus:belarusian Belgium:belgian \
Belize:belizean Benin:beninese Bhutan:bhutanese Bolivia:bolivian Bosnia:bosnian Botswana:botswanan \
Brazil:brazilian Britain:british Brunei:bruneian Bulgaria:bulgarian Burundi:burundian Cambodia:cambodian \
Cameroon:cameroonian Canada:canadian Chad:chadian Chile:chilean China:chinese Colombia:colombian \
Comoros:comorian Congo:congolese Croatia:croatian Cuba:cuban Cyprus:cypriot Czechia:czech Denmark:danish \
Djibouti:djiboutian Dominica:dominican Ecuador:ecuadorian Egypt:egyptian England:english Eritrea:eritrean Estonia:estonian \
Eswatini:swazi Ethiopia:ethiopian Fiji:fijian Finland:finnish France:french Gabon:gabonese Gambia:gambian \
Georgia:georgian Germany:german Ghana:ghanaian Greece:greek Grenada:grenadian Guatemala:guatemalan \
Guinea:guinean Guyana:guyanese Haiti:haitian Honduras:honduran Hungary:hungarian Iceland:icelandic India:indian \
Indonesia:indonesian Iran:iranian Iraq:iraqi Ireland:irish Israel:israeli Italy:italian Jamaica:jamaican \
Japan:japanese Jordan:jordanian Kazakhstan:kazakh Kenya:kenyan Kosovo:kosovar Kuwait:kuwaiti Kyrgyzstan:kyrgyz \
Laos:laotian Latvia:latvian Lebanon:lebanese Lesotho:basotho Liberia:liberian Libya:libyan \
Liechtenstein:liechtensteiner Lithuania:lithuanian Luxembourg:luxembourgish Madagascar:malagasy Malawi:malawian \
Malaysia:malaysian Maldives:maldivian Mali:malian Malta:maltese Mauritania:mauritanian Mauritius:mauritian \
Mexico:mexican Micronesia:micronesian Moldova:moldovan Monaco:monegasque Mongolia:mongolian \
Montenegro:montenegrin Morocco:moroccan Mozambique:mozambican Myanmar:burmese Namibia:namibian Nauru:nauruan \
Nepal:nepali,nepalese Netherlands:dutch Nicaragua:nicaraguan Niger:nigerien Nigeria:nigerian Norway:norwegian \
Oman:omani Pakistan:pakistani Palau:palauan Palestine:palestinian Panama:panamanian Paraguay:paraguayan \
Peru:peruvian Philippines:filipino,philippine Poland:polish Portugal:portuguese Qatar:qatari Romania:romanian \
Russia:russian Rwanda:rwandan Samoa:samoan Scotland:scottish Senegal:senegalese Serbia:serbian \
Seychelles:seychellois Singapore:singaporean Slovakia:slovak Slovenia:slovenian Somalia:somali Spain:spanish \
Sudan:sudanese Suriname:surinamese Sweden:swedish Switzerland:swiss Syria:syrian Taiwan:taiwanese \
Tajikistan:tajik Tanzania:tanzanian Thailand:thai Togo:togolese Tonga:tongan Tunisia:tunisian Turkey:turkish \
Türkiye:turkish Turkmenistan:turkmen Tuvalu:tuvaluan Uganda:ugandan Ukraine:ukrainian Uruguay:uruguayan \
Uzbekistan:uzbek Vanuatu:vanuatuan Vatican:vatican Venezuela:venezuelan Vietnam:vietnamese Wales:welsh \
Yemen:yemeni Zambia:zambian Zimbabwe:zimbabwean America:american Europe:european";

/// States of more than one word, and short forms, lower case.
const LONG_STATES: &str = "united states|united kingdom|united arab emirates|saudi arabia|south korea|north korea|\
south africa|south sudan|new zealand|sri lanka|costa rica|el salvador|dominican republic|czech republic|\
ivory coast|burkina faso|cape verde|sierra leone|papua new guinea|east timor|north macedonia|san marino|\
european union|holy see|great britain|us|uk|eu|uae|u . s .|u . k .|u . s|u . k|washington|moscow|beijing|london|paris|\
tehran|ankara|cairo|kyiv|jerusalem|berlin|tokyo|new delhi|islamabad|brussels|riyadh|damascus|baghdad|doha";

/// Names of states in lower case: short names, forms of several words (blanks between all words),
/// and the capitals that stand for a government.
pub(crate) static STATE_NAMES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let short =
        STATES.split_whitespace().filter_map(|s| s.split_once(':')).map(|(name, _)| name.to_lowercase());
    short.chain(LONG_STATES.split('|').map(str::to_owned)).collect()
});

/// Adjectives of states and peoples, lower case; their plural in -s names the people.
pub(crate) static DEMONYMS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let of_states =
        STATES.split_whitespace().filter_map(|s| s.split_once(':')).flat_map(|(_, list)| list.split(','));
    of_states
        .chain([
            "saudi", "korean", "emirati", "arab", "kurdish", "african", "asian", "western", "latin",
            "balkan", "us", "uk", "eu",
        ])
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_peoples() {
        assert!(STATE_NAMES.contains("israel") && STATE_NAMES.contains("united states"));
        assert!(DEMONYMS.contains("palestinian") && DEMONYMS.contains("philippine"));
        assert!(DEMONYMS.iter().all(|d| d.chars().all(char::is_lowercase)));
    }
}
