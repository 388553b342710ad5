//! Job titles to role codes as SQL functions of Apache DataFusion.
