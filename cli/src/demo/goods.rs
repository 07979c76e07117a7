//! Baskets: what people buy, with lines priced in the outlet's currency.

use carrot_rules::amount::QUANTITY_ONE_MICRO;
use carrot_rules::command::SaleLine;
use carrot_rules::entity::Outlet;

use super::dice::Dice;
use super::world::World;

/// The campaign's machine.
pub const DUO: &str = "09520001000010";
/// The bag of beans that earns 4 points for its seller and 10 for its buyer.
pub const BAG: &str = "09520001000201";
/// Points of a bag for its seller.
pub const BAG_SELLER_POINTS: i64 = 4;
/// Points of a bag for its buyer.
pub const BAG_BUYER_POINTS: i64 = 10;
/// Points of a Duo for its seller while the campaign runs.
pub const DUO_POINTS: i64 = 240;

/// A line of so many pieces of a product, with its price at the outlet.
pub fn line(world: &World, outlet: &Outlet, product: &str, pieces: i64) -> SaleLine {
    let known = world.products.iter().find(|known| known.id == product);
    let price = known
        .and_then(|known| known.price_minor.get(&outlet.currency))
        .copied()
        .unwrap_or(0);
    SaleLine {
        product: Some(product.to_owned()),
        quantity_micro: pieces * QUANTITY_ONE_MICRO,
        amount_minor: pieces * price,
        unit_code: None,
    }
}

/// A basket of somebody whom nobody knows.
pub fn basket(world: &World, outlet: &Outlet, dice: &mut Dice) -> Vec<SaleLine> {
    let shares: Vec<(&String, i64)> = world
        .history
        .category_share_bp
        .iter()
        .map(|(name, share)| (name, *share))
        .collect();
    let weights: Vec<i64> = shares.iter().map(|(_, share)| *share).collect();
    let lines = dice.between(1, world.history.basket_lines_max);
    let mut basket: Vec<SaleLine> = Vec::new();
    for _ in 0..lines {
        let category = shares
            .get(dice.weighted(&weights))
            .map_or("beans", |(name, _)| name.as_str());
        let here: Vec<&str> = world
            .products
            .iter()
            .filter(|product| product.category == category && product.id != DUO)
            .filter(|product| product.price_minor.contains_key(&outlet.currency))
            .filter(|product| {
                product
                    .id
                    .split_once(':')
                    .is_none_or(|(partner, _)| partner == outlet.partner)
            })
            .map(|product| product.id.as_str())
            .collect();
        let pieces = if dice.below(4) == 0 { 2 } else { 1 };
        if let Some(product) = dice.pick(&here)
            && !basket
                .iter()
                .any(|line| line.product.as_deref() == Some(product))
        {
            basket.push(line(world, outlet, product, pieces));
        }
    }
    if basket.is_empty() {
        basket.push(line(world, outlet, BAG, 1));
    }
    basket
}
