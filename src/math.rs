//! Functions of numbers that `core` has not, exact enough for what they are used for.

/// Square root: half the exponent is a first guess, and two of Newton's steps make it exact to a hundred-thousandth.
pub(crate) fn sqrt(number: f32) -> f32 {
    const HALF_BIAS: u32 = 0x1fbd_1df5;
    let guess = f32::from_bits((number.max(f32::MIN_POSITIVE).to_bits() >> 1) + HALF_BIAS);
    (0..2).fold(guess, |root, _| (root + number / root) / 2.0)
}

/// e to a power of at most zero, by the series of e^(x/16) and its sixteenth power: exact to four millionths down to -8, below
/// which nothing is left to be told.
pub(crate) fn exp(power: f64) -> f64 {
    let part = power.max(-8.0) / 16.0;
    let mut value = 1.0 + part * (1.0 + part / 2.0 * (1.0 + part / 3.0 * (1.0 + part / 4.0)));
    for _ in 0..4 {
        value *= value;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_exact_as_they_say() {
        for root in 1..1_000 {
            let root = root as f32 / 10.0;
            assert!((sqrt(root * root) / root - 1.0).abs() < 1e-5, "{root}");
        }
        for tenths in 0..80 {
            let power = -f64::from(tenths) / 10.0;
            assert!((exp(power) - power.exp()).abs() < 4e-6, "{power}");
        }
    }
}
