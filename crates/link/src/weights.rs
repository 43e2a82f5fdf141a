//! The weights of the logistic curves, one a signal, as `ascribe-score links --fit` prints them: logistic
//! regression on the half of the labels that is for fitting (`docs/methods/links.md`).
#![allow(clippy::approx_constant, reason = "a fitted number may come near a known one")]

/// Of 135 pairs of texts 46 are one;
/// cross-validated precision 0.848, recall 0.848, F1 0.848.
pub(crate) const COPY: [f64; 5] = [
    -8.432, // one
    3.750,  // phrases
    3.060,  // lead
    4.540,  // digits
    -3.157, // days·changed
];

/// Of 2214 pairs of reports, each with the likeliest before it, 937 are one;
/// cross-validated precision 0.890, recall 0.852, F1 0.870.
pub(crate) const STORY: [f64; 21] = [
    -3.194, // one
    10.406, // all
    5.389,  // names
    3.831,  // title
    -0.964, // digits
    -0.737, // days
    0.696,  // same_day
    -0.318, // long_after
    -1.021, // length
    -8.791, // all²
    -6.780, // names²
    -3.957, // title²
    2.509,  // digits²
    -1.284, // all·days
    0.694,  // all·same_day
    3.148,  // all·long_after
    -3.656, // all·length
    0.903,  // names·days
    1.259,  // names·same_day
    -0.892, // names·long_after
    12.454, // names·length
];

/// Of 389 pairs of figures 299 are one;
/// cross-validated precision 0.833, recall 0.920, F1 0.874.
pub(crate) const FIGURE: [f64; 27] = [
    2.991,  // one
    -0.921, // same_measure
    -1.971, // near_measure
    0.405,  // people_both
    0.736,  // same_head
    -0.404, // people_one
    -1.782, // other_head
    0.441,  // named_shared
    -4.184, // named_other
    3.290,  // qualified_alike
    -0.630, // qualified_other
    -1.249, // place_shared
    -1.892, // place_other
    -0.645, // scope_same
    0.151,  // scope_other
    0.816,  // value_same
    -1.471, // value_ratio
    -0.406, // words
    2.600,  // names
    -0.107, // parts_differ
    -0.281, // owner_same
    0.455,  // story
    -0.065, // days
    0.280,  // one_report
    -2.678, // one_report·value_other
    -0.336, // few·days
    2.513,  // one_report·value_other·two_tellers
];
