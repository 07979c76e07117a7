//! A decision as both pots of a sale: points with their arithmetic, and why other rules gave nothing.

use std::collections::BTreeMap;

use carrot_rules::RuleSet;
use carrot_rules::earn::Discount;
use carrot_rules::entity::Texts;
use carrot_rules::outcome::{Award, Outcome, PotRole, WhyNot};

use crate::schema::*;

/// What a draft comes to. `rules` gives the rules' titles.
pub(crate) fn quote_of(
    outcome: &Outcome,
    draft: &SaleDraft,
    currency: &str,
    rules: Option<&RuleSet>,
) -> Quote {
    let total_minor = draft.lines.iter().map(|line| line.amount_minor).sum();
    let discounts = discounts(&outcome.discounts, rules);
    let off: i64 = discounts.iter().map(|discount| discount.amount_minor).sum();
    Quote {
        buyer: pot(&outcome.awards, PotRole::Buyer),
        seller: pot(&outcome.awards, PotRole::Seller),
        total_minor,
        payable_minor: total_minor - off,
        discounts,
        currency: currency.to_owned(),
        notes: outcome.pending.clone(),
        why_not: why_not(&outcome.why_not, rules),
    }
}

/// All awards of a pot: the first with its arithmetic, the others beside it, as each has its own terms.
fn pot(awards: &[Award], role: PotRole) -> PotView {
    let of_role = awards.iter().filter(|award| award.role == role);
    let mut views = of_role.map(|award| PotView {
        points: award.points,
        because: award.pending.clone(),
        derivation: award.derivation.clone(),
        more: Vec::new(),
    });
    let mut first = views.next().unwrap_or_default();
    first.more = views.collect();
    let more = first.more.iter().map(|other| other.points);
    first.points = more.fold(first.points, i64::saturating_add);
    first
}

/// Discounts as people read them: of one rule and rate together.
fn discounts(given: &[Discount], rules: Option<&RuleSet>) -> Vec<DiscountView> {
    let mut views: Vec<DiscountView> = Vec::new();
    for discount in given {
        let same = |view: &&mut DiscountView| {
            view.rule == discount.rule && view.rate_bp == discount.rate_bp
        };
        if let Some(view) = views.iter_mut().find(same) {
            view.amount_minor = view.amount_minor.saturating_add(discount.amount_minor);
            continue;
        }
        let title = rules.and_then(|set| set.rule(&discount.rule));
        views.push(DiscountView {
            rule: discount.rule.clone(),
            title: title.map(|rule| rule.title.clone()).unwrap_or_default(),
            rate_bp: discount.rate_bp,
            amount_minor: discount.amount_minor,
        });
    }
    views
}

fn why_not(reasons: &[WhyNot], rules: Option<&RuleSet>) -> Vec<WhyNotView> {
    let wanted = |id: &str| reasons.iter().any(|reason| reason.rule == id);
    let rules = rules.into_iter().flat_map(|set| &set.rules);
    let titles: BTreeMap<&str, &Texts> = rules
        .filter(|rule| wanted(&rule.id))
        .map(|rule| (rule.id.as_str(), &rule.title))
        .collect();
    let view = |reason: &WhyNot| WhyNotView {
        rule: reason.rule.clone(),
        title: titles
            .get(reason.rule.as_str())
            .copied()
            .cloned()
            .unwrap_or_default(),
        code: reason.code.clone(),
        params: reason.params.clone(),
    };
    reasons.iter().map(view).collect()
}

#[cfg(test)]
mod tests {
    use carrot_rules::outcome::Because;
    use serde_json::json;

    use super::*;

    fn award(role: PotRole, points: i64, pending: &str) -> Award {
        let pending = (!pending.is_empty()).then(|| Because::new(pending));
        let document = json!({ "participant": null, "role": role, "points": points,
            "pending": Vec::from_iter(pending), "derivation": [] });
        serde_json::from_value(document).unwrap()
    }

    #[test]
    fn a_pot_holds_all_awards_of_its_role_with_their_own_terms() {
        let awards = [
            award(PotRole::Seller, 120, ""),
            award(PotRole::Buyer, 5, ""),
            award(PotRole::Seller, 40, "awaits_payment"),
        ];
        let seller = pot(&awards, PotRole::Seller);
        assert_eq!(
            (seller.points, seller.because.len(), seller.more.len()),
            (160, 0, 1)
        );
        assert_eq!(seller.more[0].points, 40);
        assert_eq!(seller.more[0].because[0].code, "awaits_payment");
        assert_eq!(
            (
                pot(&awards, PotRole::Buyer).points,
                pot(&[], PotRole::Buyer).points
            ),
            (5, 0)
        );
    }

    #[test]
    fn discounts_of_one_rule_are_one_sum_and_come_off_what_is_paid() {
        let of = |rule: &str, line, rate_bp, amount_minor| Discount {
            rule: rule.to_owned(),
            line,
            rate_bp,
            amount_minor,
        };
        let given = [
            of("volume", 0, 500, 250),
            of("first", 0, 1_000, 90),
            of("volume", 1, 500, 50),
        ];
        let views = discounts(&given, None);
        let told: Vec<_> = views
            .iter()
            .map(|view| (view.rule.as_str(), view.amount_minor))
            .collect();
        assert_eq!(told, [("volume", 300), ("first", 90)]);
        let line = json!({"product": null, "pieces": 1, "amount_minor": 1_000, "unit_code": null});
        let draft = json!({"buyer": null, "seller": null, "lines": [line], "receipt_key": null});
        let draft: SaleDraft = serde_json::from_value(draft).unwrap();
        let mut outcome = Outcome::accepted();
        outcome.discounts = given.to_vec();
        let quote = quote_of(&outcome, &draft, "EUR", None);
        assert_eq!((quote.total_minor, quote.payable_minor), (1_000, 610));
    }

    #[test]
    fn rules_that_gave_nothing_are_called_by_their_titles() {
        let set: RuleSet = serde_json::from_value(json!({ "version": 1, "rules": [
            { "id": "spring", "title": { "en": "Spring weeks" }, "trigger": "sale",
              "effect": { "fixed": { "points": 5 } }, "to": [{ "who": "seller", "share_bp": 10_000 }] }] }))
        .unwrap();
        let reason = |rule: &str| WhyNot {
            rule: rule.to_owned(),
            code: "over".to_owned(),
            params: [("ends_ms".to_owned(), json!(7))].into(),
        };
        let told = why_not(&[reason("spring"), reason("price_list")], Some(&set));
        let titles: Vec<_> = told
            .iter()
            .map(|one| one.title.get("en").map(String::as_str))
            .collect();
        assert_eq!(titles, [Some("Spring weeks"), None]);
        assert_eq!(
            (told[0].code.as_str(), &told[0].params["ends_ms"]),
            ("over", &json!(7))
        );
    }
}
