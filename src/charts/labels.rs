//! Labels that stand beside what they name and never on each other.

use super::canvas::Rect;
use crate::math::order;

/// Moves positions as little as they need to be at least `gap` apart and within the bounds. The order stays that of the
/// values. Where there is no room for all, they are spread evenly over the bounds.
pub fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let n = wanted.len();
    let order = order::places(n, &mut |a, b| wanted[a].total_cmp(&wanted[b]));
    let mut placed = vec![0.0; n];
    let gap = if n > 1 { gap.min((high - low) / (n - 1) as f64) } else { gap };
    // Down from the top, pushing each below the one before, then back up where the last fell off the end.
    let mut floor = low;
    for &i in &order {
        placed[i] = wanted[i].max(floor);
        floor = placed[i] + gap;
    }
    let mut ceiling = high;
    for &i in order.iter().rev() {
        placed[i] = placed[i].min(ceiling);
        ceiling = placed[i] - gap;
    }
    placed
}

/// Whether a line from a to b passes through a box.
fn crosses(a: (f64, f64), b: (f64, f64), rect: &Rect) -> bool {
    // Liang and Barsky (1984): clip the parameter of the line against the four edges.
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (p, q) in [(-dx, a.0 - rect.x), (dx, rect.right() - a.0), (-dy, a.1 - rect.y), (dy, rect.bottom() - a.1)] {
        if p == 0.0 {
            if q < 0.0 {
                return false;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    enter <= leave
}

/// What a label must not touch.
#[derive(Clone, Debug, Default)]
pub struct Obstacles {
    /// Lines, as their points in pixels.
    pub lines: Vec<Vec<(f64, f64)>>,
    /// Texts and dots that are there already.
    pub boxes: Vec<Rect>,
}

impl Obstacles {
    /// Whether a box touches nothing.
    pub fn leave_free(&self, rect: &Rect) -> bool {
        let crossed = |line: &Vec<(f64, f64)>| line.windows(2).any(|pair| crosses(pair[0], pair[1], rect));
        !self.lines.iter().any(crossed) && !self.boxes.iter().any(|other| other.overlaps(rect))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_distance_and_their_order() {
        let placed = spread(&[50.0, 52.0, 51.0, 10.0], 16.0, 0.0, 100.0);
        assert_eq!(placed[3], 10.0);
        assert!(placed[0] < placed[2] && placed[2] < placed[1]);
        assert!(placed[2] - placed[0] >= 16.0 && placed[1] - placed[2] >= 16.0);
        let crowded = spread(&[90.0, 95.0, 99.0], 16.0, 0.0, 100.0);
        assert_eq!(crowded, [68.0, 84.0, 100.0]);
        let full = spread(&[5.0; 12], 16.0, 0.0, 110.0);
        assert!(full.iter().all(|&y| (0.0..=110.0).contains(&y)));
        assert!(full.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn a_box_under_a_line_is_not_free() {
        let obstacles = Obstacles {
            lines: vec![vec![(0.0, 0.0), (100.0, 100.0)]],
            boxes: vec![Rect::between(0.0, 80.0, 20.0, 90.0)],
        };
        assert!(!obstacles.leave_free(&Rect::between(40.0, 40.0, 60.0, 52.0)));
        assert!(obstacles.leave_free(&Rect::between(60.0, 10.0, 90.0, 22.0)));
        assert!(!obstacles.leave_free(&Rect::between(10.0, 85.0, 30.0, 97.0)));
    }
}
