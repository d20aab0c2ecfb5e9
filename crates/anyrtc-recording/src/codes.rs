//! The vendor's error codes. What some of them mean depends on the operation: [`Class::of`](crate::Class::of) knows.
//!
//! The vendor documents numbers and meanings, but pairs none of them with an HTTP status; the categories are inferred.
//! 109 and 110 are documented by Agora for the twin product only, and hold here by analogy.
//!
//! Three failures come as a text without a code, probably from a gateway: "invalid appid", "no Route matched with those
//! values" and "Invalid authentication credentials".

livecloud_core::__codes! {
    INVALID_PARAMETER = 2, InvalidArgument, "a parameter is illegal: type, case or range, or a required one is missing", "fix the request; the message may name it";
    ALREADY_STARTED = 7, Conflict, "this resource id is already recording", "after a lost answer to Start: the recording runs, look for its sid in the answer and in callbacks";
    BAD_REQUEST_FORM = 8, InvalidArgument, "content type, address, HTTP method or JSON of the request is wrong", "report it: the SDK sends the documented form; check a proxy that rewrites headers";
    ALREADY_STOPPED = 49, State, "this recording has already been stopped (by analogy with Agora: also when the recorder was kicked or idled out)", "nothing: the recording is over; its file list comes by callbacks only";
    ALREADY_RECORDING = 53, Conflict, "another recording with the same channel and uid runs", "stop that one, or record with another uid: it is billed separately";
    SERVICE_UNAVAILABLE = 62, Transient, "at Acquire: cloud recording is not enabled for the App ID (category Account); elsewhere, by analogy with Agora: the recording service did not answer", "at Acquire: have cloud recording enabled; elsewhere: the same call again, with the same ids";
    NETWORK_JITTER = 65, Transient, "mostly network jitter", "the same call again, with the same resource id";
    TOKEN_EXPIRED = 109, InvalidArgument, "by analogy with Agora: the channel token has expired", "make a new token for this channel and recorder uid that outlives the recording";
    TOKEN_INVALID = 110, InvalidArgument, "by analogy with Agora: the channel token is wrong", "make the token for exactly this channel and recorder uid";
    RESOURCE_MISMATCH = 432, InvalidArgument, "a parameter is wrong, or App ID, channel or uid do not belong to the resource id", "use the channel name and uid of Acquire in every call";
    RESOURCE_EXPIRED = 433, State, "the resource id has expired: Start within 5 minutes of Acquire", "before a recording: acquire again; during one: resourceExpiredHour has passed";
    NOTHING_RECORDED = 435, State, "there is no file: nobody sent a stream", "nothing: that is a result, not a failure";
    EXITING = 501, State, "the recorder is exiting; seen at Query after Stop", "do not query again";
    RESOURCE_UNREADABLE = 1001, State, "the resource id cannot be decrypted", "at Start: acquire again; elsewhere the stored ids are wrong";
    ID_MISMATCH = 1003, State, "App ID or sid do not belong to the resource id (at Start: category InvalidArgument)", "keep resource id, App ID and sid of one recording together";
    INVALID_CHANNEL_NAME = 1013, InvalidArgument, "the channel name is illegal", "1 to 64 bytes of the documented 89 characters";
    INVALID_LAYOUT = 1028, InvalidArgument, "a parameter of UpdateLayout is wrong", "fix the layout";
}
