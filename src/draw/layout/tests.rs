//! What must hold for every layout.

use proptest::prelude::*;

use super::super::picture::{LeftOut, Line};
use super::*;
use crate::model::arbitrary;
use crate::model::{EntityId, FactId, Language, Modality};

/// Pictures as they come, and worse.
pub(in crate::draw) fn picture() -> impl Strategy<Value = Picture> {
    let arrangement = proptest::sample::select(&[Arrangement::Star, Arrangement::Layers, Arrangement::Network][..]);
    let node = (arbitrary::name_text(), proptest::sample::select(crate::model::vocabulary::LABELS), 0u32..4);
    let line = (
        any::<proptest::sample::Index>(),
        any::<proptest::sample::Index>(),
        proptest::sample::select(&["INVESTED_IN", "HAS_ROLE", "DEVELOPED_BY", "投资"][..]),
        proptest::sample::select(&Modality::ALL[..]),
        arbitrary::text(),
    );
    let parts = (proptest::collection::vec(node, 1..60), proptest::collection::vec(line, 0..120));
    (arrangement, parts, arbitrary::text()).prop_map(|(arrangement, (nodes, lines), title)| {
        let count = nodes.len();
        let nodes = nodes.into_iter().enumerate().map(|(at, (name, label, distance))| Node {
            id: EntityId::new(format!("x:{at}")).unwrap(),
            tooltip: name.clone(),
            name,
            labels: vec![label.to_owned()],
            distance: Some(if at == 0 { 0 } else { distance }),
            is_center: at == 0,
        });
        let lines = lines.into_iter().map(|(from, to, predicate, modality, detail)| {
            let (from, to) = (from.index(count), to.index(count));
            Line {
                // In a star every line has the centre at one of its ends.
                from: if arrangement == Arrangement::Star && to != 0 { 0 } else { from },
                to,
                predicate: predicate.to_owned(),
                modality,
                facts: vec![FactId::new("f:1").unwrap()],
                verb: predicate.to_lowercase(),
                tooltip: detail.clone(),
                brief: detail.chars().take(4).collect(),
                detail,
            }
        });
        Picture {
            title,
            language: Language::Simplified,
            arrangement,
            lines: lines.collect(),
            nodes: nodes.collect(),
            left_out: LeftOut::default(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn no_text_covers_another(picture in picture()) {
        let layout = lay_out(&picture);
        prop_assert_eq!(layout.boxes.len(), picture.nodes.len());
        prop_assert_eq!(layout.routes.len(), picture.lines.len());
        let texts: Vec<Rect> = layout.texts().collect();
        for (i, a) in texts.iter().enumerate() {
            prop_assert!(a.x >= -1e-6 && a.y >= -1e-6 && a.right() <= layout.width + 1e-6, "{a:?}");
            for b in texts.iter().skip(i + 1) {
                prop_assert!(!a.overlaps(*b), "{a:?} {b:?} in {:?}", picture.arrangement);
            }
        }
        for route in &layout.routes {
            prop_assert!(!route.curves.is_empty());
            for curve in &route.curves {
                let bounds = curve.bounds();
                prop_assert!(bounds.x.is_finite() && bounds.width.is_finite() && bounds.height.is_finite());
            }
        }
        prop_assert_eq!(lay_out(&picture), layout);
    }
}
