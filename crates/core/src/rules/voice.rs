//! Who speaks: brand account, company voice, an answer for the company, a claimed title.
//!
//! ```toml
//! [[rules]]
//! id = "voice.official"
//! kind = "voice"
//! checks = ["company-voice", "claimed-title"]
//! fixes = ["contact:press"]
//! ```
//!
//! A role that is not known may nothing: not knowing must not lend anybody the company's voice.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::context::{AccountKind, Surface};
use crate::draft::PartRole;
use crate::engine::{Env, KindError, Matcher};
use crate::policy::{BrandAccount, Party, Policy, Role};
use crate::rules::Hit;
use crate::speech::condition::cue_in;
use crate::speech::cue::Cue;
use crate::speech::features;
use crate::speech::parties::{Named, Parties};
use crate::speech::phrases::Phrases;
use crate::speech::reading;
use crate::speech::reading::{Mark, Reading, negated, raw_of};
use crate::text::{PartText, Scan};

mod words;

use words::{acts, feels, leads, sort_of_firm};

/// What an author may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// `brand-account`, `company-voice`, `answer`, `claimed-title`; empty: all of them.
    pub checks: Vec<String>,
    /// The permission that excuses; empty: the one that fits each check
    /// (`brand_account`, `speak`, `answer_customers`, the role's titles).
    pub permission: String,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check {
    BrandAccount,
    CompanyVoice,
    Answer,
    ClaimedTitle,
}

impl Check {
    const ALL: [(Self, &str); 4] = [
        (Self::BrandAccount, "brand-account"),
        (Self::CompanyVoice, "company-voice"),
        (Self::Answer, "answer"),
        (Self::ClaimedTitle, "claimed-title"),
    ];

    /// Topics of contacts who may, or know who may; best first.
    fn topics(self) -> &'static [&'static str] {
        match self {
            Self::Answer => &["customers", "care", "support", "press"],
            Self::BrandAccount => &["brand", "social", "press", "approval"],
            Self::CompanyVoice | Self::ClaimedTitle => &["press", "approval"],
        }
    }
}

#[derive(Debug)]
struct Voice {
    checks: Vec<Check>,
    permission: String,
    roles: Vec<Role>,
    brand_accounts: Vec<BrandAccount>,
    parties: Parties,
    /// Titles of the policy's roles, tagged by the role's index.
    titles: Phrases,
    /// Contact of each check, in the order of [`Check::ALL`].
    contacts: [Option<String>; 4],
    public_contacts: Vec<String>,
}

/// Makes a rule ready.
///
/// # Errors
/// A check that does not exist.
pub(crate) fn compile(options: &Options, env: &Env<'_>) -> Result<Box<dyn Matcher>, KindError> {
    let policy = env.policy;
    let mut checks = options
        .checks
        .iter()
        .map(|name| {
            Check::ALL.iter().find(|(_, n)| n == name).map(|(c, _)| *c).ok_or_else(|| {
                KindError::UnknownName {
                    what: "check",
                    name: name.clone(),
                    known: Check::ALL.map(|(_, n)| n).join(", "),
                }
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    if checks.is_empty() {
        checks = Check::ALL.map(|(c, _)| c).to_vec();
    }
    let titles = policy
        .roles
        .iter()
        .enumerate()
        .flat_map(|(i, role)| role.titles.iter().map(move |t| (t.as_str(), i as u32)));
    Ok(Box::new(Voice {
        checks,
        permission: options.permission.clone(),
        roles: policy.roles.clone(),
        brand_accounts: policy.company.brand_accounts.clone(),
        parties: Parties::new(policy),
        titles: Phrases::of(titles),
        contacts: Check::ALL.map(|(check, _)| contact(policy, check)),
        public_contacts: policy.company.public_contacts.clone(),
    }))
}

/// The contact who may, by id.
fn contact(policy: &Policy, check: Check) -> Option<String> {
    let of = |topic: &&str| policy.contacts.iter().find(|c| c.topics.iter().any(|t| t == topic));
    check.topics().iter().find_map(of).map(|c| c.id.clone())
}

impl Matcher for Voice {
    fn check(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        let written = scan.parts.iter().any(|p| !p.raw.trim().is_empty());
        if !written && scan.draft.media.is_empty() {
            return;
        }
        for check in &self.checks {
            match check {
                Check::BrandAccount => self.brand_account(scan, hits),
                Check::Answer => self.answer(scan, hits),
                Check::CompanyVoice => {
                    for (index, part) in scan.parts.iter().enumerate() {
                        if part.role != PartRole::Profile {
                            self.company_voice(scan, index, part, hits);
                        }
                    }
                }
                Check::ClaimedTitle => {
                    for (index, part) in scan.parts.iter().enumerate() {
                        self.claimed_title(scan, index, part, hits);
                    }
                }
            }
        }
    }
}

impl Voice {
    fn role(&self, scan: &Scan<'_>) -> Option<&Role> {
        let id = scan.context.role.as_deref().filter(|_| scan.context.claimed != Some(true))?;
        self.roles.iter().find(|r| r.id == id)
    }

    /// Whether the author may what a check asks for.
    fn may(&self, scan: &Scan<'_>, permissions: &[&str]) -> bool {
        self.role(scan).is_some_and(|role| {
            role.may.iter().any(|m| {
                if self.permission.is_empty() {
                    permissions.contains(&m.as_str())
                } else {
                    *m == self.permission
                }
            })
        })
    }

    fn hit(&self, check: Check, place: Option<(usize, Range<usize>)>, why: String) -> Hit {
        let at = Check::ALL.iter().position(|(c, _)| *c == check).unwrap_or_default();
        let (part, span) = place.map_or((None, 0..0), |(part, span)| (Some(part), span));
        Hit {
            part,
            span,
            detector: Check::ALL.get(at).map(|(_, name)| format!("voice.{name}")),
            why: Some(why),
            contact: self.contacts.get(at).cloned().flatten(),
            ..Hit::default()
        }
    }

    fn brand_account(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        let context = scan.context;
        let listed = || self.brand_accounts.iter().any(|a| a.is(context));
        let brand = context.account == Some(AccountKind::Brand) || listed();
        if brand && !self.may(scan, &["brand_account"]) {
            let why = say(scan, "the account is the company's", "akun ini milik perusahaan");
            hits.push(self.hit(Check::BrandAccount, None, why));
        }
    }

    fn answer(&self, scan: &Scan<'_>, hits: &mut Vec<Hit>) {
        let Some(answering) = &scan.answering else { return };
        let written = scan.parts.iter().any(|p| p.role == PartRole::Body && !p.words.is_empty());
        let replies = !matches!(
            scan.context.surface,
            Some(Surface::Post | Surface::Thread | Surface::Profile | Surface::Poll | Surface::Alt)
        );
        if !written || !replies || self.may(scan, &["answer_customers"]) {
            return;
        }
        let whole = 0..answering.raw.len();
        // Aimed at the company: it is named or addressed, and not merely somebody's employer.
        if self.parties.first(answering, &whole, Party::Company).is_none()
            && self.parties.first(answering, &whole, Party::Product).is_none()
        {
            return;
        }
        let complaint = [Cue::Complaint, Cue::Negative]
            .into_iter()
            .any(|cue| cue_in(cue, answering, &whole).is_some());
        let question = cue_in(Cue::Question, answering, &whole).is_some();
        if !(complaint || question) || self.hands_over(scan) {
            return;
        }
        let why = if complaint {
            say(
                scan,
                "answers a complaint about the company",
                "menjawab keluhan tentang perusahaan",
            )
        } else {
            say(scan, "answers a question to the company", "menjawab pertanyaan kepada perusahaan")
        };
        hits.push(self.hit(Check::Answer, None, why));
    }

    /// Whether the draft only shows the way to those who answer.
    fn hands_over(&self, scan: &Scan<'_>) -> bool {
        scan.parts.iter().filter(|p| p.role == PartRole::Body).any(|part| {
            let whole = 0..part.raw.len();
            let lower = part.raw.to_lowercase();
            let public = self.public_contacts.iter().any(|c| lower.contains(&c.to_lowercase()));
            let shown = cue_in(Cue::HandOver, part, &whole).is_some();
            (shown || public) && part.words.len() <= 40
        })
    }

    fn company_voice(&self, scan: &Scan<'_>, index: usize, part: &PartText, hits: &mut Vec<Hit>) {
        let reading = reading(part);
        let quotes = features::quotations(&part.raw);
        let named = self.parties.named(part, &(0..part.raw.len()), Party::Employer);
        if named.is_empty() {
            return;
        }
        for sentence in &part.sentences {
            let Some((span, announces)) = self.speaks(part, reading, sentence, &named) else {
                continue;
            };
            let quoted = quotes.iter().any(|q| q.start < span.start && span.end < q.end);
            let own = reading.within(Cue::OwnOpinion.bit(), sentence).next().is_some();
            let permitted = if announces {
                self.may(scan, &["announce", "speak"])
            } else {
                self.may(scan, &["speak"])
            };
            if quoted || own || permitted {
                continue;
            }
            let why = say(scan, "speaks in the company's name", "berbicara atas nama perusahaan");
            hits.push(self.hit(Check::CompanyVoice, Some((index, span)), why));
        }
    }

    /// The words of a sentence that speak in the company's name, and whether they announce.
    fn speaks(
        &self,
        part: &PartText,
        reading: &Reading,
        sentence: &Range<usize>,
        named: &[Named],
    ) -> Option<(Range<usize>, bool)> {
        let cue = |cue: Cue| reading.within(cue.bit(), sentence).find(|m| !negated(reading, m));
        let announces = cue(Cue::Announcement).is_some();
        let here =
            || named.iter().filter(|n| n.raw.start >= sentence.start && n.raw.end <= sentence.end);
        let span =
            |mark: &Mark, n: &Named| mark.raw.start.min(n.raw.start)..mark.raw.end.max(n.raw.end);
        // "on behalf of Acme", "pernyataan resmi Acme".
        if let (Some(mark), Some(n)) = (cue(Cue::CompanyVoice), here().next()) {
            return Some((span(mark, n), announces));
        }
        let word = |at: usize| {
            let word = reading.tokens.get(at)?.word?;
            part.words.get(word as usize).map(|w| part.word(w))
        };
        for n in here() {
            let tokens = reading.tokens_in(&n.raw);
            // "we at Acme announce", "kami dari Acme memohon maaf".
            let before =
                |by: usize| tokens.start.checked_sub(by).and_then(word).unwrap_or_default();
            let joined = matches!(before(1), "at" | "from" | "of" | "dari" | "di" | "selaku");
            let we = (2..=5).find(|by| match before(*by) {
                "we" | "us" | "kami" | "everyone" => true,
                // The team at Acme speaks; a team lead at Acme is a person.
                "team" | "tim" => *by == 2,
                _ => false,
            });
            if let (true, Some(by), Some(mark)) =
                (joined, we, cue(Cue::Commitment).or_else(|| cue(Cue::Announcement)))
            {
                let start =
                    reading.tokens.get(tokens.start - by).map_or(n.raw.start, |t| t.raw.start);
                return Some((start..mark.raw.end.max(n.raw.end), announces));
            }
            // "Acme is proud to announce", "Acme dengan bangga mempersembahkan".
            // "Acme Bank regrets": what sort of firm it is belongs to the name.
            let sort = usize::from(word(tokens.end).is_some_and(sort_of_firm));
            let after = |by: usize| word(tokens.end + sort + by).unwrap_or_default();
            let proud = matches!(after(0), "is" | "are")
                && matches!(
                    after(1),
                    "proud"
                        | "pleased"
                        | "excited"
                        | "delighted"
                        | "thrilled"
                        | "happy"
                        | "honoured"
                        | "honored"
                        | "sorry"
                )
                && matches!(after(2), "to" | "for" | "that")
                || matches!((after(0), after(1)), ("dengan", "bangga" | "senang" | "ini"))
                || matches!((after(0), after(1), after(2)), ("would", "like", "to"))
                || matches!(after(0), "apologises" | "apologizes" | "regrets" | "hereby");
            if proud && n.party == Party::Company {
                let end = reading.tokens.get(tokens.end + 1).map_or(n.raw.end, |t| t.raw.end);
                return Some((n.raw.start..end, announces));
            }
            // "Acme will open its tenth shop. We look forward to meeting you": what a firm does is
            // news that anybody may tell, unless "we" speaks beside it.
            let act = (0..4).find(|by| !leads(after(*by))).filter(|by| acts(after(*by)));
            if let (Some(by), Party::Company, true) = (act, n.party, we_commit(part, reading)) {
                let end = reading.tokens.get(tokens.end + by).map_or(n.raw.end, |t| t.raw.end);
                return Some((n.raw.start..end, true));
            }
        }
        // "We are pleased to announce", where the company is named somewhere.
        let ours = cue(Cue::Announcement).filter(|mark| {
            let first = word(mark.tokens.start).unwrap_or_default();
            let lead = mark.tokens.start.checked_sub(1).and_then(word).unwrap_or_default();
            let speaker = |w: &str| matches!(w, "we" | "kami");
            // "We're beyond excited to announce": feelings may stand between.
            let feeling = (2..=6).any(|by| {
                mark.tokens.start.checked_sub(by).is_some_and(|at| {
                    matches!(word(at), Some("we" | "kami"))
                        && (at + 1..mark.tokens.start).all(|i| word(i).is_some_and(feels))
                })
            });
            // "Thrilled to announce our partnership": nobody says "our" of what is his alone.
            let next = word(mark.tokens.end).filter(|w| *w != "that");
            let next = next.or_else(|| word(mark.tokens.end + 1)).unwrap_or_default();
            let named_next = named.iter().any(|n| {
                n.party == Party::Company
                    && (mark.tokens.end..mark.tokens.end + 2)
                        .contains(&reading.tokens_in(&n.raw).start)
            });
            let ours = matches!(next, "our" | "we") && feels(first) && first != "to"
                || named_next && feels(first);
            mark.tokens.len() > 1 && (speaker(first) || speaker(lead))
                || speaker(lead)
                || feeling
                || ours
        });
        if let Some(mark) = ours {
            return Some((mark.raw.clone(), true));
        }
        None
    }

    fn claimed_title(&self, scan: &Scan<'_>, index: usize, part: &PartText, hits: &mut Vec<Hit>) {
        let reading = reading(part);
        let mut titles: Vec<(Range<usize>, Option<usize>)> = reading
            .marks
            .iter()
            .filter(|m| m.cues & Cue::JobTitle.bit() != 0)
            .map(|m| (m.tokens.clone(), None))
            .collect();
        self.titles.each(reading, |role, tokens| titles.push((tokens, Some(role as usize))));
        titles.sort_by_key(|(t, _)| (t.start, std::cmp::Reverse(t.end)));
        let mut end = 0;
        for (tokens, _) in titles {
            if tokens.start < end {
                continue;
            }
            if let Some(span) = self.claims(part, reading, &tokens)
                && !self.is_title_of_author(scan, part, reading, &tokens)
            {
                end = tokens.end;
                let why = say(
                    scan,
                    "claims a title that is not the author's",
                    "mengaku jabatan yang bukan milik penulis",
                );
                hits.push(self.hit(Check::ClaimedTitle, Some((index, span)), why));
            }
        }
    }

    /// Whether the words of a title are among those of the author's role.
    fn is_title_of_author(
        &self,
        scan: &Scan<'_>,
        part: &PartText,
        reading: &Reading,
        tokens: &Range<usize>,
    ) -> bool {
        let Some(role) = self.role(scan) else { return false };
        if !self.permission.is_empty() {
            return role.may.contains(&self.permission);
        }
        let raw = raw_of(&reading.tokens, tokens);
        let title = part.raw_text(raw).to_lowercase();
        role.titles.iter().any(|t| {
            let known = t.to_lowercase();
            known == title || known.contains(&title) || title.contains(&known)
        })
    }

    /// The span of a claim to a title of the company; none where somebody else bears it.
    fn claims(
        &self,
        part: &PartText,
        reading: &Reading,
        tokens: &Range<usize>,
    ) -> Option<Range<usize>> {
        let word = |at: usize| {
            let word = reading.tokens.get(at)?.word?;
            part.words.get(word as usize).map(|w| part.word(w))
        };
        let raw = raw_of(&reading.tokens, tokens);
        let sentence = part.sentence_at(raw.start);
        let profile = part.role == PartRole::Profile;
        let scope = if profile { 0..part.raw.len() } else { sentence.clone() };
        let company =
            self.parties.named(part, &scope, Party::Employer).into_iter().find(|n| {
                n.raw.start >= raw.end || profile || owns(part, reading, n, tokens.start)
            })?;
        // "CEO of Globex … Acme": the firm must follow the title closely.
        let gap = reading.tokens_in(&(raw.end..company.raw.start.max(raw.end))).len();
        if !profile && gap > 4 {
            return None;
        }
        // "As Acme's spokesperson": the firm stands between the claim and the title.
        let title = if company.raw.end <= raw.start {
            reading.tokens_in(&company.raw).start
        } else {
            tokens.start
        };
        let mut claim = profile.then_some(tokens.start);
        for by in 1..=4 {
            let Some(before) = title.checked_sub(by).and_then(word) else { break };
            match before {
                "former" | "ex" | "mantan" | "not" | "bukan" | "never" | "our" => {
                    return None;
                }
                "m" | "am" | "im" | "as" | "saya" | "aku" | "gue" | "selaku" | "sebagai"
                | "i'm" | "i’m" => {
                    claim = Some(title - by);
                    break;
                }
                "the" | "a" | "an" | "official" | "new" | "proud" | "adalah" | "resmi"
                | "newly" | "appointed" => {}
                _ => break,
            }
        }
        let first = claim?;
        // "As the CEO of Acme said": somebody else's words.
        let reported = reading
            .within(
                Cue::Reporting.bit(),
                &(company.raw.end.max(raw.end)..sentence.end.max(raw.end)),
            )
            .next()
            .is_some_and(|m| m.tokens.start <= reading.tokens_in(&(0..company.raw.end)).end + 1);
        if reported && matches!(word(first), Some("as" | "sebagai")) {
            return None;
        }
        let start = reading.tokens.get(first).map_or(raw.start, |t| t.raw.start);
        Some(start.min(raw.start)..raw.end.max(if profile { raw.end } else { company.raw.end }))
    }
}

/// Whether "we" promise, welcome or announce anything in a part.
fn we_commit(part: &PartText, reading: &Reading) -> bool {
    let word = |at: usize| part.words.get(reading.tokens.get(at)?.word? as usize);
    let cues = Cue::Commitment.bit() | Cue::Announcement.bit();
    reading.marks.iter().filter(|m| m.cues & cues != 0 && !negated(reading, m)).any(|mark| {
        (1..=2)
            .filter_map(|by| mark.tokens.start.checked_sub(by).and_then(word))
            .any(|w| matches!(part.word(w), "we" | "kami"))
    })
}

/// Whether a firm named just before a token owns what stands there: "Acme's spokesperson", "an Acme
/// spokesperson".
fn owns(part: &PartText, reading: &Reading, firm: &Named, token: usize) -> bool {
    let Range { start: first, end: last } = reading.tokens_in(&firm.raw);
    // "As an Acme spokesperson"; without the article, "as Acme CEO Jane Doe said" is somebody else.
    let article = first.checked_sub(1).and_then(|at| reading.tokens.get(at)).is_some_and(|t| {
        let word = part.raw_text(t.raw.clone());
        word.eq_ignore_ascii_case("an") || word.eq_ignore_ascii_case("a")
    });
    if token == last && article {
        return true;
    }
    let between = reading.tokens.get(last).map_or("", |t| part.raw_text(t.raw.clone()));
    token == last + 1 && matches!(between, "s" | "S")
}

/// In the reader's language.
fn say(scan: &Scan<'_>, english: &str, indonesian: &str) -> String {
    if scan.reader.as_deref() == Some("id") { indonesian } else { english }.to_owned()
}
