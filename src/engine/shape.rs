//! Demand with a shape: the rate of orders and the mix of products change in the course of time, by season, growth and burst, and some
//! orders are baskets.
//!
//! Products of one shape are of one kind. At any moment a kind has its products' shares times its factor; orders come at the ordinary
//! rate times the sum of these over the sum of shares, and each line is of a kind in proportion, and of a product of the kind by share. So
//! a product is asked for at its ordinary rate times its own factor, whatever the others do, and orders keep their numbers of lines.

use crate::domain::{Demand, DemandShape, Model, ProductId};
use crate::random::{AliasTable, CountSampler, Sampler};

/// What is compiled of the shape of demand, for all replications.
pub(super) struct ShapeTables<'a> {
    pub(super) demand: &'a Demand,
    pub(super) shape: &'a DemandShape,
    pub(super) kinds: Vec<Kind>,
    /// The kind of each product, by position.
    pub(super) kind_of: Vec<u32>,
    /// The sum of all shares.
    pub(super) shares: f64,
    /// The share of each product in it.
    pub(super) share_of: Vec<f64>,
    /// Units of a line by zone, where a zone has its own; else empty.
    pub(super) units_by_zone: Vec<Option<CountSampler>>,
}

/// Products of one shape.
pub(super) struct Kind {
    pub(super) rows: Vec<usize>,
    pub(super) products: Vec<ProductId>,
    pub(super) choice: AliasTable,
    /// The sum of their shares.
    pub(super) share: f64,
    /// Where demand comes in bursts: how long it is off and on, and by how much more is asked for while it is on. Such a kind is one
    /// product.
    pub(super) bursts: Option<(Sampler, Sampler, f64)>,
}

impl<'a> ShapeTables<'a> {
    /// `None` where demand has no shape of its own.
    pub(super) fn new(model: &'a Model, demand: &'a Demand) -> Option<Self> {
        let shape = &demand.shape;
        if shape.is_plain() {
            return None;
        }
        let (sets, kind_of_product) = shape.kinds(model.products.len());
        let mut kinds: Vec<Kind> = Vec::new();
        let mut kind_of = vec![u32::MAX; model.products.len()];
        let mut common: Vec<Option<u32>> = vec![None; sets.len()];
        for (index, product) in model.products.iter().enumerate().filter(|(_, product)| product.share > 0.0) {
            let set = kind_of_product[index] as usize;
            let bursts = shape.bursts_of(&sets[set]);
            let kind = match common[set].filter(|_| bursts.is_none()) {
                Some(kind) => kind,
                None => {
                    let kind = kinds.len() as u32;
                    common[set] = Some(kind);
                    kinds.push(Kind {
                        rows: sets[set].clone(),
                        products: Vec::new(),
                        choice: AliasTable::new(&[1.0]),
                        share: 0.0,
                        bursts: bursts.map(|bursts| {
                            let sampler = Sampler::continuous;
                            (sampler(&bursts.every), sampler(&bursts.lasts), 1.0 / bursts.share())
                        }),
                    });
                    kind
                }
            };
            kind_of[index] = kind;
            kinds[kind as usize].products.push(ProductId::from_index(index));
            kinds[kind as usize].share += product.share;
        }
        for kind in &mut kinds {
            let shares: Vec<f64> = kind.products.iter().map(|product| model.products[product.index()].share).collect();
            kind.choice = AliasTable::new(&shares);
        }
        let sampler = |units: &Option<crate::domain::Distribution>| {
            units.as_ref().map(|units| CountSampler::new(units, Demand::MAX_UNITS))
        };
        Some(Self {
            demand,
            shape,
            shares: kinds.iter().map(|kind| kind.share).sum(),
            kinds,
            kind_of,
            share_of: model.products.iter().map(|product| product.share).collect(),
            units_by_zone: shape.units_by_zone.iter().map(sampler).collect(),
        })
    }
}
