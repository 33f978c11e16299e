package graft

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/uuid"
)

func TestAHostAloneGetsSparksDefaults(t *testing.T) {
	target, err := parseConnectionString("sc://spark.example.org")
	if err != nil {
		t.Fatal(err)
	}
	if target.host != "spark.example.org" || target.port != 15002 || target.userID != systemUser() || target.tls ||
		target.maxMessageSize != 134_217_728 || len(target.headers) != 0 || uuid.Validate(target.sessionID) != nil ||
		target.userAgent != "graft-encoder-go" {
		t.Errorf("%+v", target)
	}
}

func TestEveryKnownParameterIsRead(t *testing.T) {
	target, err := parseConnectionString("sc://[::1]:7077/;user_id=ada;token=s3cret%3D;use_ssl=true;user_agent=notebook;" +
		"session_id=5f1c1c1e-0000-4000-8000-0000000000aa;grpc_max_message_size=1024;X-Team=data")
	if err != nil {
		t.Fatal(err)
	}
	if target.host != "::1" || target.port != 7077 || target.userID != "ada" || target.token != "s3cret=" || !target.tls ||
		target.userAgent != "notebook" || target.sessionID != "5f1c1c1e-0000-4000-8000-0000000000aa" ||
		target.maxMessageSize != 1024 || len(target.headers) != 1 || target.headers["x-team"] != "data" {
		t.Errorf("%+v", target)
	}
}

func FuzzAPercentEncodedValueComesBackAsItWas(f *testing.F) {
	for _, each := range []string{"ada", "a b+c", "é;=%", "\x00", "日本"} {
		f.Add(each)
	}
	f.Fuzz(func(t *testing.T, user string) {
		if user == "" || !utf8.ValidString(user) {
			t.Skip()
		}
		target, err := parseConnectionString("sc://host/;user_id=" + strings.ReplaceAll(url.QueryEscape(user), "+", "%20"))
		if err != nil || target.userID != user {
			t.Errorf("%q: %v", user, err)
		}
	})
}

func FuzzNoConnectionStringPanics(f *testing.F) {
	f.Add("sc://host:1/;token=a;use_ssl=false")
	f.Fuzz(func(t *testing.T, text string) {
		if target, err := parseConnectionString(text); err == nil && (target.port < 1 || target.host == "") {
			t.Errorf("%q: %+v", text, target)
		}
	})
}

func TestAPlusSignIsNoBlank(t *testing.T) {
	target, err := parseConnectionString("sc://host/;user_id=a+b")
	if err != nil || target.userID != "a+b" {
		t.Errorf("%+v, %v", target, err)
	}
}

func TestATokenImpliesTLS(t *testing.T) {
	target, err := parseConnectionString("sc://host/;token=abc")
	if err != nil || !target.tls {
		t.Errorf("%+v, %v", target, err)
	}
}

func TestATokenMayStayUnencryptedOnTheSameMachine(t *testing.T) {
	for _, host := range []string{"localhost", "127.0.0.1", "[::1]"} {
		target, err := parseConnectionString("sc://" + host + "/;token=abc;use_ssl=false")
		if err != nil || target.tls {
			t.Errorf("%+v, %v", target, err)
		}
	}
}

func TestWhatCannotBeUsedIsRefusedWithTheReason(t *testing.T) {
	for text, reason := range map[string]string{
		"http://host":                         "it must begin with sc://",
		"host:15002":                          "it must begin with sc://",
		"":                                    "it must begin with sc://",
		"sc://":                               "not a URL",
		"sc://ho st":                          "not a URL",
		"sc://:15002":                         "does not name a host",
		"sc://me@host":                        "does not name a host",
		"sc://host:0":                         "the port must be from 1 to 65535, and is 0",
		"sc://host:70000":                     "the port must be from 1 to 65535, and is 70000",
		"sc://host:port":                      "does not name a host",
		"sc://host/path":                      "nothing but /; may stand between",
		"sc://host/?a=b":                      "separated by semicolons",
		"sc://host/;user_id":                  "each parameter must be name=value",
		"sc://host/;user_id=":                 "each parameter must be name=value",
		"sc://host/;=ada":                     "each parameter must be name=value",
		"sc://host/;user_id=a;user_id=b":      "the parameter user_id stands there twice",
		"sc://host/;user_id=%zz":              "the value of user_id has a %",
		"sc://host/;use_ssl=maybe":            "use_ssl must be true or false",
		"sc://host/;token=abc;use_ssl=false":  "a token would cross the network unencrypted to host",
		"sc://host/;session_id=mine":          "session_id must be a UUID",
		"sc://host/;grpc_max_message_size=0":  "grpc_max_message_size must be a number of bytes",
		"sc://host/;grpc_max_message_size=1x": "grpc_max_message_size must be a number of bytes",
		"sc://host/;grpc-timeout=1":           "the parameter grpc-timeout is unknown",
		"sc://host/;authorization=x":          "the parameter authorization is unknown",
		"sc://host/;x-team=%0A":               "the value of x-team becomes a header",
		"sc://host/;token=%0A":                "the value of token becomes a header",
	} {
		_, err := parseConnectionString(text)
		var refused *Error
		if !errors.As(err, &refused) || refused.Code != ConnectionInvalid {
			t.Errorf("%s: %v", text, err)
			continue
		}
		said := err.Error()
		if !strings.HasPrefix(said, "[GRAFT_CONNECTION_INVALID] The connection string cannot be used: ") ||
			!strings.Contains(said, reason) ||
			!strings.HasSuffix(said, "Its shape is sc://host:port/;name=value;name=value") {
			t.Errorf("%s: %s", text, said)
		}
	}
}

func TestATokenIsNeverRepeated(t *testing.T) {
	_, err := parseConnectionString("sc://host/;token=s3cret;token=s3cret")
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Error(err)
	}
}
