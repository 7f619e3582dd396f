//! Cues: what kind of thing a stretch of text says.

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// A built-in cue. Conditions name the public ones; the others are the
        /// working parts of tone and voice.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Cue { $($(#[$doc])* $name,)* }

        impl Cue {
            /// Every cue with its name.
            pub const ALL: &[(Self, &str)] = &[$((Self::$name, $text),)*];
        }
    };
}

cues! {
    /// Praise of a thing, a firm, work there.
    Praise = "praise",
    /// Tells others to buy, try, use.
    Recommendation = "recommendation",
    /// Something is broken, late, wrong; somebody wants their money back.
    Complaint = "complaint",
    /// A question, by its words or its mark.
    Question = "question",
    /// A view: "I think", "menurut saya".
    Opinion = "opinion",
    /// A figure stated as fact, a study, a survey.
    Statistic = "statistic",
    /// What a product does or is good for.
    Claim = "claim",
    /// Best, first, only, number one.
    Superlative = "superlative",
    /// Something is announced.
    Announcement = "announcement",
    /// Unfavourable words.
    Negative = "negative",
    /// Courts, suits, settlements, counsel.
    Litigation = "litigation",
    /// What will be: revenue, targets, launches.
    Forecast = "forecast",
    /// Business figures: revenue, profit, customers, market share.
    Figures = "figures",
    /// A discount, a give-away, a contest.
    Offer = "offer",
    /// The conditions of an offer.
    Terms = "terms",
    /// A customer's own experience.
    Testimonial = "testimonial",
    /// Curing, healing, preventing disease.
    Cure = "cure",
    /// A benefit of a medicine or a health product.
    Benefit = "benefit",
    /// Risks and side effects named.
    Risk = "risk",
    /// "Safe", "no side effects".
    Safety = "safety",
    /// Patients and their care.
    Care = "care",
    /// Tenders and purchasing.
    Procurement = "procurement",
    /// Parties, candidates, elections.
    Politics = "politics",
    /// Investments and savings.
    Investment = "investment",
    /// Lyrics of a song.
    Lyrics = "lyrics",
    /// Quoted or passed-on words.
    Quote = "quote",
    /// A credit to a source.
    Credit = "credit",
    /// Official titles.
    JobTitle = "job-title",
    /// Pay, hours, conditions, unions: protected talk.
    PayAndConditions = "pay-and-conditions",
    /// An accident, a breach, a recall, a strike.
    Crisis = "crisis",
    /// A job opening.
    Hiring = "hiring",
    /// "My employer", "kantor saya".
    Employer = "employer",
    /// "I work at", "karyawan": the tie to an employer is told.
    Relationship = "relationship",
    /// "Views are my own".
    OwnOpinion = "own-opinion",
    /// Marked as not for outsiders.
    Confidential = "confidential",
    /// Something not out yet.
    Unreleased = "unreleased",
    /// Comparison with others.
    Comparison = "comparison",
    /// Hands somebody over to the team that answers.
    HandOver = "hand-over",
    /// Speaks in a firm's name.
    CompanyVoice = "company-voice",
    /// Commits a firm: will, promise, apologise.
    Commitment = "commitment",
    /// Asks for a code or a password.
    CredentialRequest = "credential-request",

    // The working parts of tone.
    /// The reader is addressed.
    You = "word-you",
    /// The writer.
    Me = "word-me",
    /// Somebody absent.
    They = "word-they",
    /// A word for a person or a job.
    Person = "word-person",
    /// A word for a group that shares an identity.
    Identity = "word-identity",
    /// A word for a firm or its service.
    Business = "word-business",
    /// No, not, never.
    Negation = "word-negation",
    /// Said, called, wrote.
    Reporting = "word-reporting",
    /// Speaks about a word, or against its use.
    CounterSpeech = "word-counter-speech",
    /// Wishes or does harm, or hates.
    Hate = "word-hate",
    /// Likens to beasts, dirt, disease.
    Dehumanising = "word-dehumanising",
    /// A hostile quality.
    Hostile = "word-hostile",
    /// A hostile emoji.
    HostileEmoji = "word-hostile-emoji",
    /// Strengthens.
    Intensifier = "word-intensifier",
    /// Joins somebody with what is said of them.
    Copula = "word-copula",
    /// May stand between a copula and the insult.
    Filler = "word-filler",
    /// Owns, feeds, eats: the beast is a beast.
    Ownership = "word-ownership",
    /// Food and beasts as such.
    Everyday = "word-everyday",
    /// Makes the insult harmless in its place.
    Harmless = "word-harmless",
}

impl Cue {
    /// The cue as a bit.
    pub(crate) const fn bit(self) -> u64 {
        1 << self as u64
    }

    /// The cue that a condition names.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(cue, _)| *cue)
    }

    /// The names that a policy may use.
    pub fn public_names() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|(_, n)| *n).filter(|n| !n.starts_with("word-"))
    }
}
