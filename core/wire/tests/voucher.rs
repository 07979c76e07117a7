//! Vouchers, challenges and answers as texts: what genuine ones say, that nothing else passes, and
//! how large their pictures are.

use carrot_rules::command::{Command, Cover, RewardRedeem};
use carrot_rules::decide::ProofCheck;
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::limits::{CHALLENGE_AGE_MS_MAX, COMMAND_BYTES_MAX};
use carrot_wire::voucher::{self, Voucher, VoucherError};
use carrot_wire::{member, proof};
use ed25519_dalek::{SigningKey, VerifyingKey};
use uuid::Uuid;

const TAG: &str = "morgenro";
const AT_MS: i64 = 1_900_000_000_000;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn trusted() -> [VerifyingKey; 1] {
    [key(1).verifying_key()]
}

fn paper() -> Voucher {
    Voucher {
        id: Uuid::from_u128(70),
        participant: Uuid::from_u128(7),
        phone: key(2).verifying_key(),
        terminal: Uuid::from_u128(9),
        points: 500,
        from_ms: AT_MS,
        until_ms: AT_MS + 1_000_000,
        reward: Some("coffee".to_owned()),
    }
}

fn text() -> String {
    voucher::seal(&paper(), TAG, &key(1)).unwrap()
}

fn question(nonce: u8) -> Challenge {
    Challenge {
        terminal: Uuid::from_u128(9),
        nonce: [nonce; 16],
        reward: "coffee".to_owned(),
        cost_points: 300,
        at_ms: AT_MS,
    }
}

fn redeem(proof: String, asked: &Challenge) -> Command {
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::from_u128(1),
        reward: "coffee".to_owned(),
        cost_points: 300,
        participant: Uuid::from_u128(7),
        proof,
        challenge: Some(asked.to_text(TAG).unwrap()),
        cover: Cover::Voucher {
            voucher_id: Uuid::from_u128(70),
        },
    })
}

#[test]
fn m1_a_voucher_says_what_the_server_signed() {
    assert_eq!(voucher::open(&text(), TAG, &trusted()), Ok(paper()));
    let foreign = voucher::open(&text(), "other", &trusted());
    assert_eq!(foreign, Err(VoucherError::OtherProgramme));
    let renamed = text().replace(TAG, "other");
    let renamed = voucher::open(&renamed, "other", &trusted());
    assert_eq!(renamed, Err(VoucherError::Untrusted));
    let unknown = voucher::open(&text(), TAG, &[key(5).verifying_key()]);
    assert_eq!(unknown, Err(VoucherError::UnknownKey));
    let long = Voucher {
        reward: Some("x".repeat(65)),
        ..paper()
    };
    assert!(voucher::seal(&long, TAG, &key(1)).is_err());
}

#[test]
fn m17_an_answer_holds_for_one_challenge_of_one_till_by_one_phone() {
    let asked = question(1);
    let answer = challenge::answer_with_voucher(&key(2), &text(), TAG, &asked).unwrap();
    let checked = proof::of(&redeem(answer.clone(), &asked), TAG, &trusted(), AT_MS);
    let ProofCheck::Answered(answered) = checked.proof else {
        panic!("{:?}", checked.proof);
    };
    assert_eq!(answered.participant, Uuid::from_u128(7));
    assert_eq!(answered.voucher.as_ref().unwrap().points, 500);
    assert_eq!(answered.challenge, asked.id(TAG).unwrap());
    assert_eq!(challenge::answered_id(&answer, TAG), asked.id(TAG).ok());
    let check = |text: &str, asked: &Challenge, at_ms| {
        challenge::check(text, asked, TAG, &trusted(), at_ms).map(|_| ())
    };
    let other = VoucherError::OtherChallenge;
    assert_eq!(check(&answer, &question(2), AT_MS), Err(other));
    let dearer = Challenge {
        cost_points: 301,
        ..question(1)
    };
    assert_eq!(check(&answer, &dearer, AT_MS), Err(other));
    let late = AT_MS + CHALLENGE_AGE_MS_MAX;
    assert_eq!(check(&answer, &asked, late), Ok(()));
    let stale = check(&answer, &asked, late + 1);
    assert_eq!(stale, Err(VoucherError::Stale));
    let thief = challenge::answer_with_voucher(&key(3), &text(), TAG, &asked).unwrap();
    let untrusted = check(&thief, &asked, AT_MS);
    assert_eq!(untrusted, Err(VoucherError::Untrusted));
}

#[test]
fn m17_the_phones_pass_answers_too_and_never_stands_for_a_voucher() {
    let phone = key(2).verifying_key();
    let until_ms = AT_MS + 1_000;
    let pass = member::issue_pass(&key(1), TAG, Uuid::from_u128(7), &phone, until_ms);
    let asked = question(1);
    let answer = challenge::answer_with_pass(&key(2), &pass, TAG, &asked).unwrap();
    let checked = proof::of(&redeem(answer.clone(), &asked), TAG, &trusted(), AT_MS);
    let ProofCheck::Answered(answered) = checked.proof else {
        panic!("{:?}", checked.proof);
    };
    assert_eq!((answered.voucher, checked.phone.is_some()), (None, true));
    let over = proof::of(&redeem(answer, &asked), TAG, &trusted(), until_ms);
    let over_code = ProofCheck::Invalid("proof_pass_expired".to_owned());
    assert_eq!(over.proof, over_code);
    let forged = challenge::answer_with_pass(&key(3), &pass, TAG, &asked).unwrap();
    let forged = proof::of(&redeem(forged, &asked), TAG, &trusted(), AT_MS);
    assert_eq!(
        forged.proof,
        ProofCheck::Invalid("proof_invalid".to_owned())
    );
}

/// Changes a genuine text in many places; how many of the changed texts pass.
fn passed(original: &str, changes: u32, passes: impl Fn(&str) -> bool) -> u32 {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut passed = 0;
    for _ in 0..changes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let mut bytes = original.as_bytes().to_vec();
        let at = (state >> 8) as usize % bytes.len();
        let flip = 1 + ((state >> 40) % 127) as u8;
        bytes[at] = (bytes[at] ^ flip) & 0x7f;
        let changed = String::from_utf8(bytes).unwrap();
        // Blanks around a text do not count.
        if changed.trim() != original {
            passed += u32::from(passes(&changed));
        }
    }
    passed
}

#[test]
fn no_changed_character_of_a_voucher_or_an_answer_passes() {
    let asked = question(1);
    let answer = challenge::answer_with_voucher(&key(2), &text(), TAG, &asked).unwrap();
    let vouchers = passed(&text(), 5_000, |text| {
        voucher::open(text, TAG, &trusted()).is_ok()
    });
    let answers = passed(&answer, 5_000, |text| {
        challenge::check(text, &asked, TAG, &trusted(), AT_MS).is_ok()
    });
    assert_eq!((vouchers, answers), (0, 0));
}

#[test]
fn cut_and_lengthened_texts_are_refused_without_harm() {
    let asked = question(1);
    let answer = challenge::answer_with_voucher(&key(2), &text(), TAG, &asked).unwrap();
    for (text, name) in [(text(), "voucher"), (answer, "answer")] {
        for end in 0..text.len() {
            let cut = &text[..end];
            assert!(voucher::open(cut, TAG, &trusted()).is_err(), "{name} {end}");
            let checked = challenge::check(cut, &asked, TAG, &trusted(), AT_MS);
            assert!(checked.is_err(), "{name} {end}");
        }
        let longer = format!("{text}AAAA");
        assert!(voucher::open(&longer, TAG, &trusted()).is_err());
        assert!(challenge::check(&longer, &asked, TAG, &trusted(), AT_MS).is_err());
    }
}

#[test]
fn m17_the_texts_are_short_enough_for_pictures_and_commands() {
    let longest = Challenge {
        reward: "r".repeat(voucher::REWARD_BYTES_MAX),
        ..question(1)
    };
    let paper = Voucher {
        reward: Some(longest.reward.clone()),
        ..paper()
    };
    let text = voucher::seal(&paper, TAG, &key(1)).unwrap();
    let answer = challenge::answer_with_voucher(&key(2), &text, TAG, &longest).unwrap();
    let sizes = (longest.to_text(TAG).unwrap().len(), answer.len());
    assert!(sizes.0 + sizes.1 < COMMAND_BYTES_MAX / 4, "{sizes:?}");
    let usual = challenge::answer_with_voucher(&key(2), &self::text(), TAG, &question(1));
    let usual = (
        question(1).to_text(TAG).unwrap().len(),
        usual.unwrap().len(),
    );
    assert!(usual.0 <= 100 && usual.1 <= 380, "{usual:?}");
}
