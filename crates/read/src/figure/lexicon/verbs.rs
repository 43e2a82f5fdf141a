//! Verbs by what they do to those who are counted.

use std::collections::HashMap;
use std::sync::LazyLock;

use ascribe_record::Measure;

/// The forms of a verb: base, third person, past, participle, "-ing".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::figure) enum VerbForm {
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
    (Measure::Killed, "drown drowns drowned drowned drowning"),
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
pub(in crate::figure) struct Verb {
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

pub(in crate::figure) fn verb(word: &str) -> Option<Verb> {
    VERBS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_verbs() {
        let form = |word| verb(word).map(|v| (v.measure, v.form));
        assert_eq!(form("killing"), Some((Measure::Killed, VerbForm::Ing)));
        assert_eq!(form("hurt"), Some((Measure::Injured, VerbForm::Past)));
        assert_eq!(form("burnt"), Some((Measure::Struck, VerbForm::Past)));
        assert_eq!(form("fled"), Some((Measure::Displaced, VerbForm::Past)));
    }
}
