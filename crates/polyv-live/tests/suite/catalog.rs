//! Every typed operation against the vendor's catalogue: method, path, place, name and required flag of every parameter.
//!
//! `catalog/<Operation>.json` holds the catalogue's entry, and an input with every parameter. Values do not matter here.

use std::collections::BTreeSet;

use livecloud_core::test_util::{ReplayTransport, Step};
use livecloud_core::{Delivery, Validation};
use polyv_live::{Client, OPERATIONS, REGISTRY};
use serde_json::Value;

use super::{OK, account};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/catalog");
const USER_ID: &str = "1b448be323";

fn row(operation: &str) -> Value {
    let path = format!("{FOLDER}/{operation}.json");
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{operation} has no row of the catalogue: {error}"));
    serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{operation}: {error}"))
}

/// Places and names, without those of the path and the name of a bare array, which has none.
fn names<'a>(params: impl Iterator<Item = &'a Value>) -> BTreeSet<String> {
    let name = |param: &Value| format!("{} {}", param["in"].as_str().unwrap(), param["name"].as_str().unwrap());
    params.filter(|param| param["in"] != "path" && param["name"] != "[]").map(name).collect()
}

/// What a call with this input sends.
async fn sent(operation: &str, input: Value) -> (BTreeSet<String>, String, String) {
    let transport = ReplayTransport::always(Step::json(OK));
    let client = Client::builder(account().user_id(USER_ID)).transport(transport.clone());
    let client = client.validation(Validation::Off).build().unwrap();
    let entry = REGISTRY.iter().find(|entry| entry.meta().name == operation).unwrap();
    // that answer fits some operations only: here the request counts
    let answer = entry.call(&client, input).await;
    let Some(sent) = transport.requests().into_iter().next() else { panic!("{operation}: {:?}", answer.err()) };
    (sent.names(), sent.request().method().to_string(), sent.path().to_owned())
}

#[tokio::test]
async fn every_operation_agrees_with_the_catalogue() {
    for meta in OPERATIONS {
        let (operation, row) = (meta.name, row(meta.name));
        let params = row["params"].as_array().unwrap();
        let is_required = |name: &str| params.iter().any(|param| param["name"] == name && param["required"] == true);
        let all = row["input"].as_object().unwrap();
        let mut required = all.clone();
        required.retain(|name, _| is_required(name));
        // a bare array stands under a name of its own, which is not on the wire
        if is_required("[]") {
            for (name, value) in all.iter().filter(|(_, value)| value.is_array()) {
                let mut entries = value.clone();
                for entry in entries.as_array_mut().unwrap().iter_mut().filter_map(Value::as_object_mut) {
                    entry.retain(|member, _| is_required(&format!("[].{member}")));
                }
                required.insert(name.clone(), entries);
            }
        }
        let path =
            all.iter().fold(row["path"].as_str().unwrap().replace("{userId}", USER_ID), |path, (name, value)| {
                path.replace(&format!("{{{name}}}"), value.as_str().unwrap_or_default())
            });

        // a required member of an optional object is required only where the object is
        let nested = |param: &&Value| param["name"].as_str().unwrap().contains(['.', '[']);
        let expected_required =
            names(params.iter().filter(|param| param["required"] == true && (is_required("[]") || !nested(param))));
        for (input, expected) in [(all.clone(), names(params.iter())), (required, expected_required)] {
            let (names, method, sent_path) = sent(operation, Value::Object(input)).await;
            assert_eq!(names, expected, "{operation}");
            assert_eq!((method.as_str(), &sent_path), (row["method"].as_str().unwrap(), &path), "{operation}");
            assert_eq!(meta.method.as_str(), method);
        }
    }
}

#[tokio::test]
async fn nothing_that_is_required_can_be_left_out() {
    let client = Client::builder(account().user_id(USER_ID)).transport(ReplayTransport::always(Step::json(OK)));
    let client = client.build().unwrap();
    let mut removed = 0;
    for entry in REGISTRY {
        let operation = entry.meta().name;
        let row = row(operation);
        for param in row["params"].as_array().unwrap().iter().filter(|param| param["required"] == true) {
            let name = param["name"].as_str().unwrap();
            let mut input = row["input"].clone();
            // what every request has is no part of the input; a member of an object is required where the object is
            if input.as_object_mut().unwrap().remove(name).is_none() {
                continue;
            }
            let error = entry.prepare(&client, input).expect_err(operation);
            assert_eq!(error.delivery(), Delivery::NotSent, "{operation} without {name}");
            removed += 1;
        }
    }
    assert!(removed > 30, "{removed} parameters");
}

#[test]
fn every_row_belongs_to_an_operation_and_says_why_it_leaves_something_out() {
    let mut rows = 0;
    for file in std::fs::read_dir(FOLDER).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let operation = name.strip_suffix(".json").unwrap();
        assert!(OPERATIONS.iter().any(|meta| meta.name == operation), "{operation} is no operation");
        for (parameter, why) in row(operation)["omitted"].as_object().unwrap() {
            assert!(why.as_str().is_some_and(|why| why.len() > 20), "{operation}: why is {parameter} left out?");
        }
        rows += 1;
    }
    assert_eq!(rows, OPERATIONS.len());
}
