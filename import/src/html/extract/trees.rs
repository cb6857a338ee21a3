//! How likely it is that a block is the article's: trees that were made from pages whose article is known.
//!
//! Each tree asks the same few questions of every block; the answers together name a leaf, and the leaves' numbers are
//! added up to log odds. `bench/extract` makes the trees.

use super::evidence::WIDTH;
use std::sync::OnceLock;

/// One tree a line: its questions as `number>limit`, then what each leaf adds, in thousandths.
const TREES: &str = include_str!("trees.txt");

struct Tree {
    questions: Vec<(usize, f32)>,
    leaves: Vec<f32>,
}

impl Tree {
    fn parse(line: &str) -> Option<Self> {
        let (mut questions, mut leaves) = (Vec::new(), Vec::new());
        for word in line.split(' ') {
            match word.split_once('>') {
                Some((number, limit)) => questions.push((number.parse().ok()?, limit.parse().ok()?)),
                None => leaves.push(word.parse::<f32>().ok()? / 1000.0),
            }
        }
        let whole = leaves.len() == 1 << questions.len() && questions.iter().all(|(number, _)| *number < WIDTH);
        whole.then_some(Self { questions, leaves })
    }

    fn adds(&self, row: &[f32; WIDTH]) -> f32 {
        let leaf =
            self.questions.iter().fold(0, |leaf, (number, limit)| leaf << 1 | usize::from(row[*number] > *limit));
        self.leaves[leaf]
    }
}

fn trees() -> &'static [Tree] {
    static PARSED: OnceLock<Vec<Tree>> = OnceLock::new();
    PARSED.get_or_init(|| TREES.lines().filter_map(Tree::parse).collect())
}

/// The chance that a block is the article's, from 0 to 1.
pub(in crate::html) fn chance(row: &[f32; WIDTH]) -> f32 {
    let odds: f32 = trees().iter().map(|tree| tree.adds(row)).sum();
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_a_tree() {
        assert!(TREES.lines().count() > 50);
        assert!(TREES.lines().all(|line| Tree::parse(line).is_some()));
        for broken in ["", "1>2 3", "x>2 3 4", &format!("{WIDTH}>0 1 2")] {
            assert!(Tree::parse(broken).is_none(), "{broken}");
        }
    }

    #[test]
    fn answers_name_a_leaf() {
        let tree = Tree::parse("0>0.5 1>0.5 1000 2000 3000 4000").unwrap();
        for (first, second, adds) in
            [(0.0, 0.0, 1.0), (0.0, 1.0, 2.0), (1.0, 0.0, 3.0), (1.0, 1.0, 4.0), (0.5, 0.5, 1.0)]
        {
            let mut row = [0.0; WIDTH];
            (row[0], row[1]) = (first, second);
            assert_eq!(tree.adds(&row), adds);
        }
    }
}
