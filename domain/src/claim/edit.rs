//! How a claim is changed, field by field: what others wrote meanwhile is not overwritten unseen.

use super::{Claim, ClaimState};
use crate::{
    ask::{EditAttribution, EditClaim, JudgeClaim},
    claim::Attribution,
    version::{self, FieldValue, Finding, Meanwhile, Stamp},
};

impl Claim {
    /// The claim as this edit makes it: all of the edit or nothing of it. What does not go with what others wrote meanwhile
    /// is told field by field.
    pub fn edited(&self, ask: EditClaim, stamp: Stamp) -> Result<Self, Vec<Meanwhile>> {
        let EditClaim { statement, claimant, state, base } = ask;
        let base = base.unwrap_or_default();
        let mut claim = self.clone();
        let mut meanwhile = Vec::new();
        if let Some(asked) = statement {
            let edits = &mut claim.edits.statement;
            let set = version::set(&mut claim.statement, edits, asked, base.statement, stamp);
            meanwhile.extend(set.err().map(|asked| {
                let now = FieldValue::Statement(self.statement.clone());
                self.meanwhile(self.edits.statement, now, FieldValue::Statement(asked))
            }));
        }
        if let Some(asked) = claimant {
            let edits = &mut claim.edits.claimant;
            let set = version::set(&mut claim.claimant, edits, asked, base.claimant, stamp);
            meanwhile.extend(set.err().map(|asked| {
                let now = FieldValue::Claimant(self.claimant.clone());
                self.meanwhile(self.edits.claimant, now, FieldValue::Claimant(asked))
            }));
        }
        if let Some(state) = state {
            // What was settled and is to be settled stays as it was judged.
            let asked = match state {
                ClaimState::Settled => Finding { state, ..Finding::of(self) },
                _ => Finding { state, verdict: None, reason: None },
            };
            meanwhile.extend(claim.find(asked, base.judgement, stamp).err().unwrap_or_default());
        }
        if meanwhile.is_empty() { Ok(claim) } else { Err(meanwhile) }
    }

    /// The claim as this judgement makes it. Who has seen the judgement that is there and judges alike makes it theirs.
    pub fn judged(&self, ask: JudgeClaim, stamp: Stamp) -> Result<Self, Vec<Meanwhile>> {
        let JudgeClaim { verdict, reason, base } = ask;
        let mut claim = self.clone();
        let asked = Finding { state: ClaimState::Settled, verdict: Some(verdict), reason };
        let seen = base.is_none_or(|base| base >= version::version(&self.edits.judgement));
        let judgement = asked.judgement(stamp);
        if seen && asked == Finding::of(self) {
            claim.judgement = judgement;
            claim.edits.judgement = Some(stamp);
            return Ok(claim);
        }
        claim.find(asked, base, stamp)?;
        Ok(claim)
    }

    /// Sets how far the work is and what was found.
    fn find(&mut self, asked: Finding, base: Option<u64>, stamp: Stamp) -> Result<(), Vec<Meanwhile>> {
        let before = Finding::of(self);
        let (mut now, mut last) = (before.clone(), self.edits.judgement);
        match version::set(&mut now, &mut last, asked, base, stamp) {
            Err(asked) => {
                let now = FieldValue::Judgement(before);
                Err(vec![self.meanwhile(self.edits.judgement, now, FieldValue::Judgement(asked))])
            }
            Ok(()) if now == before => Ok(()),
            Ok(()) => {
                // A settled claim that is said to be settled keeps its judgement; only another one is somebody else's.
                if (now.verdict, &now.reason) != (before.verdict, &before.reason) {
                    self.judgement = now.judgement(stamp);
                }
                self.state = now.state;
                self.edits.judgement = last;
                Ok(())
            }
        }
    }

    fn meanwhile(&self, last: Option<Stamp>, now: FieldValue, asked: FieldValue) -> Meanwhile {
        let made = Stamp { version: 0, by: self.made_by, at: self.made_at };
        let Stamp { version, by, at } = last.unwrap_or(made);
        Meanwhile { now, version, by, at, asked }
    }
}

impl Attribution {
    /// The attribution as this edit makes it.
    pub fn edited(&self, ask: EditAttribution, stamp: Stamp) -> Result<Self, Vec<Meanwhile>> {
        let EditAttribution { stance, evidence, base } = ask;
        let mut field = (self.stance, self.evidence.clone());
        let mut edit = self.edit;
        match version::set(&mut field, &mut edit, (stance, evidence), base, stamp) {
            Ok(()) => Ok(Self { stance: field.0, evidence: field.1, edit, ..self.clone() }),
            Err((stance, evidence)) => {
                let made = Stamp { version: 0, by: self.added_by, at: self.added_at };
                let Stamp { version, by, at } = self.edit.unwrap_or(made);
                let now = FieldValue::Attribution { stance: self.stance, evidence: self.evidence.clone() };
                Err(vec![Meanwhile { now, version, by, at, asked: FieldValue::Attribution { stance, evidence } }])
            }
        }
    }
}
