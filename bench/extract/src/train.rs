//! Makes the trees by which `import` judges a page's blocks: gradient boosting (Friedman 2001) with symmetric trees,
//! in which all branches of one height ask the same question. No randomness but a fixed seed.

use std::fmt::Write;

/// How many questions a tree asks.
pub const HEIGHT: usize = 5;
/// How many trees there are.
const TREES: usize = 160;
/// How much of what a tree has learnt is believed.
const RATE: f64 = 0.12;
/// How much evidence a leaf needs before it is believed.
const CAUTION: f64 = 10.0;
/// Into how many steps a number is cut.
const STEPS: usize = 48;
/// Of 16 numbers, how many each level looks at.
const LOOKED_AT: u64 = 9;

/// One block: its numbers, whether it is the article's, and how much that weighs.
pub struct Example {
    pub row: Vec<f32>,
    pub label: bool,
    pub weight: f64,
}

/// One line for each tree: its questions as `number>limit`, then what each leaf adds, in thousandths.
pub fn train(examples: &[Example]) -> String {
    let edges = edges(examples);
    let steps: Vec<Vec<u8>> = edges.iter().enumerate().map(|(at, edges)| column(examples, at, edges)).collect();
    let mut scores = vec![0.0_f64; examples.len()];
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut lines = String::new();
    for _ in 0..TREES {
        let slopes: Vec<(f64, f64)> =
            examples.iter().zip(&scores).map(|(example, score)| slope(example, *score)).collect();
        let mut leaves = vec![0_usize; examples.len()];
        let mut questions = Vec::new();
        for level in 0..HEIGHT {
            let (number, step) = best(&steps, &edges, &slopes, &leaves, 1 << level, &mut seed);
            questions.push((number, edges[number][step]));
            for (leaf, at) in leaves.iter_mut().zip(&steps[number]) {
                *leaf = *leaf << 1 | usize::from(usize::from(*at) > step);
            }
        }
        let mut sums = vec![(0.0, 0.0); 1 << HEIGHT];
        for (leaf, (first, second)) in leaves.iter().zip(&slopes) {
            sums[*leaf] = (sums[*leaf].0 + first, sums[*leaf].1 + second);
        }
        let values: Vec<f64> =
            sums.iter().map(|(first, second)| (-RATE * first / (second + CAUTION) * 1000.0).round()).collect();
        for (score, leaf) in scores.iter_mut().zip(&leaves) {
            *score += values[*leaf] / 1000.0;
        }
        let questions: Vec<String> = questions.iter().map(|(number, limit)| format!("{number}>{limit}")).collect();
        let values: Vec<String> = values.iter().map(|value| format!("{value}")).collect();
        let _ = writeln!(lines, "{} {}", questions.join(" "), values.join(" "));
    }
    lines
}

/// The first and second derivative of the logistic loss.
fn slope(example: &Example, score: f64) -> (f64, f64) {
    let sure = 1.0 / (1.0 + (-score).exp());
    let label = f64::from(u8::from(example.label));
    (example.weight * (sure - label), example.weight * sure * (1.0 - sure))
}

/// Where each number is cut: at its quantiles.
fn edges(examples: &[Example]) -> Vec<Vec<f32>> {
    let width = examples.first().map_or(0, |example| example.row.len());
    let cut = |at: usize| {
        let mut values: Vec<f32> = examples.iter().map(|example| example.row[at]).collect();
        values.sort_by(f32::total_cmp);
        let mut edges: Vec<f32> = (1..STEPS).map(|step| values[step * (values.len() - 1) / STEPS]).collect();
        edges.dedup();
        edges.retain(|edge| values.last().is_some_and(|last| edge < last));
        // Flags are often down: their one edge is below the top.
        if edges.is_empty() { vec![values[0]] } else { edges }
    };
    (0..width).map(cut).collect()
}

fn column(examples: &[Example], at: usize, edges: &[f32]) -> Vec<u8> {
    let step = |example: &Example| edges.partition_point(|edge| *edge < example.row[at]);
    examples.iter().map(|example| u8::try_from(step(example)).unwrap_or(u8::MAX)).collect()
}

/// The question that parts all leaves best.
fn best(
    steps: &[Vec<u8>],
    edges: &[Vec<f32>],
    slopes: &[(f64, f64)],
    leaves: &[usize],
    open: usize,
    seed: &mut u64,
) -> (usize, usize) {
    let mut best = (f64::NEG_INFINITY, 0, 0);
    for (number, column) in steps.iter().enumerate() {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        if *seed >> 60 >= LOOKED_AT {
            continue;
        }
        let mut sums = vec![(0.0, 0.0); open * STEPS];
        for ((leaf, step), (first, second)) in leaves.iter().zip(column).zip(slopes) {
            let sum = &mut sums[leaf * STEPS + usize::from(*step)];
            *sum = (sum.0 + first, sum.1 + second);
        }
        let mut gains = vec![0.0; edges[number].len()];
        for leaf in sums.chunks(STEPS) {
            let all = leaf.iter().fold((0.0, 0.0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
            let mut left = (0.0, 0.0);
            for (gain, sum) in gains.iter_mut().zip(leaf) {
                left = (left.0 + sum.0, left.1 + sum.1);
                *gain += worth(left) + worth((all.0 - left.0, all.1 - left.1)) - worth(all);
            }
        }
        for (step, gain) in gains.into_iter().enumerate() {
            if gain > best.0 {
                best = (gain, number, step);
            }
        }
    }
    (best.1, best.2)
}

fn worth((first, second): (f64, f64)) -> f64 {
    first * first / (second + CAUTION)
}
