//! Finding people by what a person types on a command line.

use carrot_api::schema::PersonView;
use carrot_api::{Api, CallError};
use serde_json::{Value, json};

/// Reads a call's answer as a type of the schema.
pub fn read<T: serde::de::DeserializeOwned>(answer: Value) -> Result<T, CallError> {
    serde_json::from_value(answer).map_err(|error| CallError::new("internal", error.to_string()))
}

/// The one person in a list whose id or name (or its beginning) this is.
pub fn find(people: &[PersonView], wanted: &str) -> Result<PersonView, CallError> {
    let low = wanted.to_lowercase();
    let fits = |person: &&PersonView| {
        person.participant.to_string() == wanted || person.name.to_lowercase().starts_with(&low)
    };
    let mut found = people.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(person), None) => Ok(person.clone()),
        (Some(_), Some(_)) => Err(CallError::new(
            "name_ambiguous",
            format!("{wanted} fits several people"),
        )),
        _ => {
            let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
            Err(CallError::new(
                "unknown_member",
                format!("{wanted} is none of: {}", names.join(", ")),
            ))
        }
    }
}

/// Signs a cashier in by name and PIN.
pub async fn sign_in(api: &Api, cashier: &str, pin: &str) -> Result<(), CallError> {
    let cashiers: Vec<PersonView> = read(api.call("cashiers", json!({})).await?)?;
    let cashier = find(&cashiers, cashier)?;
    api.call(
        "sign_in",
        json!({ "participant": cashier.participant, "pin": pin }),
    )
    .await?;
    Ok(())
}

/// The id of a seller of this outlet.
pub async fn seller(api: &Api, wanted: &str) -> Result<Value, CallError> {
    let sellers: Vec<PersonView> = read(api.call("sellers", json!({})).await?)?;
    Ok(json!(find(&sellers, wanted)?.participant))
}
