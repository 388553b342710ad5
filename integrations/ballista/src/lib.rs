//! Job titles to role codes as SQL functions of an Apache Ballista cluster.
